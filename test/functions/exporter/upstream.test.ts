import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod/mini';
import { fetchJson } from '../../../functions/exporter/upstream.ts';
import type { Fetch } from '../../../functions/http/fetch.ts';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { createExporter } from '../../../functions/usdt-exporter/index.ts';
import { fakeClock } from '../fake-clock.ts';
import { offers } from '../mock-upstream.ts';

const endless =
  (status: number, headers = {}) =>
  (outgoing: ServerResponse) => {
    outgoing.writeHead(status, headers).write('the beginning');
  };
const whole =
  (status: number, body = '') =>
  (outgoing: ServerResponse) => {
    outgoing.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
  };

/** A server that sends `answers` one by one, and then repeats the last answer. */
async function upstream(...answers: ((outgoing: ServerResponse) => void)[]) {
  const connections: number[] = [];
  const numbers = new Map<object, number>();
  const server = http.createServer((incoming, outgoing) => {
    connections.push(numbers.get(incoming.socket) as number);
    incoming.resume();
    const answer = answers[Math.min(connections.length, answers.length) - 1];
    answer?.(outgoing);
  });
  server.on('connection', (socket) => numbers.set(socket, numbers.size + 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections };
}

const ask = (fetch: Fetch, url: string, timeoutMs: number) =>
  fetchJson(
    { fetch, url, timeoutMs, maxBytes: 1000, userAgent: 'test/1', now: () => 0 },
    z.object({ good: z.boolean() }),
  );
const good = whole(200, '{"good":true}');

describe('an unusable upstream answer', () => {
  it.each([
    ['a 503 without a body', whole(503), 'http_status'],
    ['a 503 with a short body', whole(503, 'busy'), 'http_status'],
    ['a 503 with a body of a megabyte', whole(503, 'x'.repeat(1_000_000)), 'http_status'],
    ['a 503 whose body never ends', endless(503), 'http_status'],
    ['a 404 whose body never ends', endless(404), 'http_status'],
    ['a rate limit whose body never ends', endless(429), 'rate_limited'],
    ['a redirect whose body never ends', endless(302, { location: '/' }), 'redirected'],
    ['an answer that is too large', whole(200, 'x'.repeat(1_000_000)), 'too_large'],
  ])('frees its connection: %s', async (_, bad, reason) => {
    const { url } = await upstream(bad, bad, good);
    const fetch = createNodeFetch({ maxConnections: 2 });
    // A short deadline could free the connections before the third request.
    const first = await Promise.allSettled([ask(fetch, url, 60_000), ask(fetch, url, 60_000)]);
    expect(first).toMatchObject([
      { status: 'rejected', reason: { reason } },
      { status: 'rejected', reason: { reason } },
    ]);
    expect(await ask(fetch, url, 3000)).toEqual({ good: true });
  });

  it('leaves the connection open if the answer has a complete body', async () => {
    const { url, connections } = await upstream(whole(503), whole(503), good);
    const fetch = createNodeFetch({ maxConnections: 1 });
    await expect(ask(fetch, url, 60_000)).rejects.toThrow('answered 503');
    await expect(ask(fetch, url, 60_000)).rejects.toThrow('answered 503');
    expect(await ask(fetch, url, 3000)).toEqual({ good: true });
    expect(connections).toEqual([1, 1, 1]);
  });

  it('is cancelled even if its body is not a Node stream', async () => {
    let cancelled = false;
    const body: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          cancelled = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const fetch: Fetch = async () => ({ status: 503, headers: { get: () => null }, body });
    await expect(ask(fetch, 'http://x', 1000)).rejects.toThrow('answered 503');
    expect(cancelled).toBe(true);
  });
});

it('the exporter retries within a second after status 503', async () => {
  const page = whole(200, offers(['26310', '26320']));
  const busy = whole(503, 'busy');
  const { url, connections } = await upstream(busy, busy, page);
  const clock = fakeClock();
  const exporter = createExporter({
    clock,
    log: () => undefined,
    runtime: 'test',
    lifetime: 'resident',
    createFetch: createNodeFetch,
    config: { upstreamUrl: url, refreshMs: 600_000, upstreamTimeoutMs: 60_000, pushgateway: undefined },
  });
  exporter.start?.();
  onTestFinished(() => exporter.stop?.());
  await vi.waitFor(() => expect(clock.waits()).toHaveLength(1), 5000);
  expect(connections).toHaveLength(2);
  await clock.advance(1000);
  await vi.waitFor(() => expect(connections).toHaveLength(4), 5000);
  const metrics = async () => (await exporter.app.request('/metrics')).text();
  await vi.waitFor(async () => expect(await metrics()).toContain('\nusdt_vnd_rate 26315\n'), 5000);
});
