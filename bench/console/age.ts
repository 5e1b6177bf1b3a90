import type { Page } from 'playwright-core';
import { clusters } from '../../config/topology.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';

/** Ages of the rates on the page in milliseconds. Each age is the largest age in the measured time. */
export interface Ages {
  /** Milliseconds since the console read the rate from Prometheus. */
  readonly reading: number;
  /**
   * Milliseconds since the scrape of the oldest value. The edge is not included, because its agent sends samples in
   * batches.
   */
  readonly sample: number;
}

interface Received {
  /** Time at which the page received the rate, as a Unix time in milliseconds. */
  readonly receivedAt: number;
  /** Time at which the console read the rate from Prometheus, as a Unix time in milliseconds. */
  readonly at: number;
}

const collect = `{
  const received = [];
  window.receivedRates = received;
  new EventSource('/api/events').addEventListener('flows', (event) => {
    received.push({ receivedAt: Date.now(), at: JSON.parse(event.data).at });
  });
}`;

/** Measures the ages of the rates that arrive in the page during `seconds` seconds. */
export async function agesOfRates(page: Page, prometheus: PrometheusApi, seconds: number): Promise<Ages> {
  await page.evaluate(collect);
  await page.waitForTimeout(seconds * 1000);
  const received = await page.evaluate<readonly Received[]>('window.receivedRates');
  const scrapes = await prometheus.query(
    `scrape_duration_seconds{cluster!="${clusters.edge.cluster}"}[${seconds + 30}s]`,
  );
  const ages = received.slice(0, -1).map(({ at }, index) => {
    // A value has its largest age just before the next value arrives.
    const until = received[index + 1]?.receivedAt ?? at;
    const oldest = Math.min(...scrapes.map(({ values = [] }) => newestBefore(values, at)));
    return { reading: until - at, sample: until - oldest };
  });
  return {
    reading: Math.max(...ages.map(({ reading }) => reading)),
    sample: Math.max(...ages.map(({ sample }) => sample)),
  };
}

/**
 * Unix time in milliseconds of the newest scrape that had ended at a given time.
 * @param values start and duration of each scrape in seconds
 */
function newestBefore(values: readonly (readonly [number, string])[], at: number): number {
  const ended = values.filter(([start, duration]) => (start + Number(duration)) * 1000 <= at);
  return (ended.at(-1)?.[0] ?? Number.NaN) * 1000;
}
