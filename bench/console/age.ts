import type { Page } from 'playwright-core';
import { clusters } from '../../config/topology.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';

/** Ages of the rates on the page in milliseconds, each the largest within the observed time. */
export interface Ages {
  /** Since the console read Prometheus. */
  readonly reading: number;
  /** Since the scrape of the oldest value. The edge is not counted, because its agent sends samples in batches. */
  readonly sample: number;
}

interface Received {
  /** Unix milliseconds. */
  readonly receivedAt: number;
  /** Unix milliseconds of the reading. */
  readonly at: number;
}

const collect = `{
  const received = [];
  globalThis.receivedRates = received;
  new EventSource('/api/events').addEventListener('flows', (event) => {
    received.push({ receivedAt: Date.now(), at: JSON.parse(event.data).at });
  });
}`;

/** Observes the rates that arrive in the page for some seconds. */
export async function agesOfRates(page: Page, prometheus: PrometheusApi, seconds: number): Promise<Ages> {
  await page.evaluate(collect);
  await page.waitForTimeout(seconds * 1000);
  const received = await page.evaluate<readonly Received[]>('globalThis.receivedRates');
  const scrapes = await prometheus.query(
    `scrape_duration_seconds{cluster!="${clusters.edge.cluster}"}[${seconds + 30}s]`,
  );
  const ages = received.slice(0, -1).map(({ at }, index) => {
    // A value is oldest just before the next one arrives.
    const until = received[index + 1]?.receivedAt ?? at;
    const oldest = Math.min(...scrapes.map(({ values = [] }) => newestBefore(values, at)));
    return { reading: until - at, sample: until - oldest };
  });
  return {
    reading: Math.max(...ages.map(({ reading }) => reading)),
    sample: Math.max(...ages.map(({ sample }) => sample)),
  };
}

/** Unix milliseconds of the newest scrape that had ended at a time. @param values start and duration in seconds */
function newestBefore(values: readonly (readonly [number, string])[], at: number): number {
  const ended = values.filter(([start, duration]) => (start + Number(duration)) * 1000 <= at);
  return (ended.at(-1)?.[0] ?? Number.NaN) * 1000;
}
