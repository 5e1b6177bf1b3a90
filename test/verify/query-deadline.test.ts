import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { prometheusApi } from '../../verify/prometheus-api.ts';

it('a query ends at its deadline if Prometheus does not answer', async () => {
  const sockets: { destroy(): void }[] = [];
  const hanging = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => hanging.once('listening', resolve));
  const { port } = hanging.address() as AddressInfo;
  const started = Date.now();
  try {
    const query = prometheusApi(`http://127.0.0.1:${port}`).query('up', { deadlineMs: 200 });
    await expect(query).rejects.toThrow(`http://127.0.0.1:${port}/api/v1/query for up: no answer`);
    expect(Date.now() - started).toBeLessThan(5000);
  } finally {
    for (const socket of sockets) socket.destroy();
    hanging.close();
  }
});
