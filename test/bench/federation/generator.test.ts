import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { requestsOf, samplesPerRequest, sendLoad } from '../../../bench/federation/generator.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A receiver that sends these statuses first, and 200 to all later requests. */
async function receiver(...statuses: readonly number[]) {
  const requests: { headers: NodeJS.Dict<string | string[]>; body: string; path: string }[] = [];
  const left = [...statuses];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('base64');
    requests.push({ headers: request.headers, body, path: request.url ?? '' });
    response.writeHead(left.shift() ?? 200).end('the reason');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`, requests };
}

const load = { connection: 3, series: 1500, scrapes: 3, start: 1_000_000 };
const signal = new AbortController().signal;

it('the load generator puts the maximum number of samples into each request except the last one', () => {
  const requests = [...requestsOf(load)];
  expect(requests.map((samples) => samples.length)).toEqual([samplesPerRequest, samplesPerRequest, 500]);
  const times = requests.flat().map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(new Set(times)).toEqual(new Set([1_000_000, 1_001_000, 1_002_000]));
});

it('the load generator sends requests of remote write 1.0 to the path of the receiver', async () => {
  const { url, requests } = await receiver();
  await sendLoad(url, load, signal);
  expect(requests.map(({ path }) => path)).toEqual(Array(3).fill('/api/v1/write'));
  expect(requests[0]?.headers).toMatchObject({
    'content-encoding': 'snappy',
    'content-type': 'application/x-protobuf',
    'x-prometheus-remote-write-version': '0.1.0',
  });
});

it('the load generator repeats a request after status 503 and 429', async () => {
  const { url, requests } = await receiver(503, 429);
  await sendLoad(url, load, signal);
  expect(requests).toHaveLength(5);
  const [first, ...others] = requests.map(({ body }) => body);
  expect(others.slice(0, 2)).toEqual([first, first]);
  expect(new Set(others).size).toBe(3);
});

it('the load generator fails if the receiver refuses the samples', async () => {
  const { url } = await receiver(400);
  await expect(sendLoad(url, load, signal)).rejects.toThrow(/refuses the samples.*400 the reason/);
});
