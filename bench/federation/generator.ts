import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'undici';
import { externalLabels, sentLabels, valueAt } from './series.ts';
import { encodeLabels, requestBody, requestHeaders, type Sample } from './write-request.ts';

/** The default of `max_samples_per_send` in Prometheus. */
export const samplesPerRequest = 2000;

/** The samples of one connection: scrapes of one target, one second apart. */
export interface Load {
  readonly connection: number;
  readonly series: number;
  readonly scrapes: number;
  /** Unix time of the first scrape in milliseconds. */
  readonly start: number;
}

/** Divides a load into requests of {@link samplesPerRequest} samples. */
export function* requestsOf({ connection, series, scrapes, start }: Load): Generator<readonly Sample[]> {
  const external = externalLabels(connection, 'load');
  const labels = Array.from({ length: series }, (_, number) =>
    encodeLabels(sentLabels(number, '127.0.0.1:1', external)),
  );
  let samples: Sample[] = [];
  for (let scrape = 0; scrape < scrapes; scrape += 1) {
    for (const [number, encoded] of labels.entries()) {
      samples.push({ labels: encoded, value: valueAt(number, scrape), time: start + scrape * 1000 });
      if (samples.length < samplesPerRequest) continue;
      yield samples;
      samples = [];
    }
  }
  if (samples.length > 0) yield samples;
}

/**
 * Repeats a request after status 429 or 5xx.
 * @throws Error if the receiver refuses the samples
 */
export async function sendLoad(url: string, load: Load, signal: AbortSignal): Promise<void> {
  const { origin, pathname } = new URL(url);
  const client = new Client(origin);
  try {
    for (const samples of requestsOf(load)) await send(client, pathname, requestBody(samples), signal);
  } finally {
    await client.destroy();
  }
}

async function send(client: Client, path: string, body: Uint8Array, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await client.request({ path, method: 'POST', headers: requestHeaders, body, signal });
    const text = await answer.body.text();
    if (answer.statusCode < 300) return;
    if (answer.statusCode !== 429 && answer.statusCode < 500) {
      throw new Error(`The receiver refuses the samples of the load generator: ${answer.statusCode} ${text}`);
    }
    await delay(100, undefined, { signal });
  }
}
