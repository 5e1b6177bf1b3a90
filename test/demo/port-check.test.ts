import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { areFree, takenPorts } from '../../demo/port-check.ts';

let server: Server | undefined;
afterEach(() => server?.close());

function listenSomewhere(host: string): Promise<number> {
  const opened = createServer();
  server = opened;
  return new Promise((resolve) =>
    opened.listen(0, host, () => resolve((opened.address() as AddressInfo).port)),
  );
}

it.each(['127.0.0.1', '0.0.0.0'])(
  'a port that someone listens on at %s is reported with its holder',
  async (host) => {
    const port = await listenSomewhere(host);
    const taken = await takenPorts([port]);
    expect(taken).toEqual([{ port, holder: expect.stringContaining(`(pid ${process.pid})`) }]);
    expect(await areFree([port])).toBe(false);
  },
);

it('a free port is not reported', async () => {
  const port = await listenSomewhere('127.0.0.1');
  await new Promise((resolve) => server?.close(resolve));
  expect(await takenPorts([port])).toEqual([]);
  expect(await areFree([port])).toBe(true);
});
