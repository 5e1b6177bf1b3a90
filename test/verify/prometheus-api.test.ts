import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { prometheusApi } from '../../verify/prometheus-api.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function apiThatAnswers(status: number, body: unknown) {
  const answering = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  server = answering;
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve));
  return prometheusApi(`http://127.0.0.1:${(answering.address() as AddressInfo).port}`);
}

const nothing = { status: 'success', data: { resultType: 'vector', result: [] } };

describe('an answer of Prometheus', () => {
  it('is accepted if it has the expected shape', async () => {
    expect(await (await apiThatAnswers(200, nothing)).query('up')).toEqual([]);
  });

  it('is refused with an error if its HTTP status is not 200', async () => {
    const api = await apiThatAnswers(503, nothing);
    await expect(api.query('up')).rejects.toThrow(/\/api\/v1\/query for up: HTTP 503, \{"status":"success"/);
  });

  it('is refused if it does not have the expected shape', async () => {
    const api = await apiThatAnswers(200, { data: {} });
    await expect(api.targets()).rejects.toThrow(/\/api\/v1\/targets: unexpected answer/);
  });
});
