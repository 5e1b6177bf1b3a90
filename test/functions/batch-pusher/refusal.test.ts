import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { createPushgatewayClient } from '../../../functions/pushgateway/client.ts';

async function refusalOf(status: number, headers: Record<string, string>, body: string, ends: boolean) {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(status, headers).write(body);
    if (ends) outgoing.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = createPushgatewayClient({
    fetch: createNodeFetch(),
    url: `http://127.0.0.1:${port}`,
    timeoutMs: 300,
  });
  return client.remove({ job: 'etl' }).catch((error: unknown) => error);
}

it.each<[string, Record<string, string>, boolean]>([
  ['never ends', {}, false],
  ['has an unsupported Content-Encoding', { 'content-encoding': 'zstd' }, true],
  ['does not match its Content-Encoding', { 'content-encoding': 'gzip' }, true],
])('the Pushgateway client reports status 400 even if the body %s', async (_, headers, ends) => {
  expect(await refusalOf(400, headers, 'bad', ends)).toMatchObject({
    outcome: 'rejected',
    status: 400,
    message: 'the Pushgateway answered 400: the reason is unreadable',
  });
});
