import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { getJson } from '../../verify/get-json.ts';

it('getJson refuses an answer that is larger than the limit', async () => {
  const server = createServer((_, answer) => {
    const write = () => {
      while (!answer.destroyed && answer.write(Buffer.alloc(65_536, 32)));
    };
    answer.on('drain', write);
    write();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(getJson({ url, schema: z.unknown(), maxBytes: 100_000 })).rejects.toThrow(
    `${url}: the answer has more than 100000 bytes`,
  );
});
