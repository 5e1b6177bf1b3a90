import type { Page } from 'playwright-core';
import { clusters } from '../../config/topology.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';

/**
 * The map page of the console shows the rate of each connection, such as 20 samples/s. The age of a rate increases until
 * the page shows a newer rate. `Ages` contains the greatest age that any rate reached during the measurement, in
 * milliseconds. `reading` and `sample` count the age from different events.
 */
export interface Ages {
  /**
   * The greatest age of a rate on the page. Here, the age starts when the console reads the rate from Prometheus. It ends
   * when the page shows a newer rate.
   *
   * Example: the console reads a rate at 10:00:01 and a newer rate at 10:00:03. The page receives the newer rate at
   * 10:00:04. Until 10:00:04, the page shows the rate of 10:00:01. The age of this rate reaches 3 s.
   */
  readonly reading: number;
  /**
   * The greatest age of a rate on the page. Here, the age starts with the newest scrape that Prometheus used to compute
   * the rate. It ends when the page shows a newer rate.
   *
   * Example: Prometheus starts a scrape at 10:00:00. At 10:00:01, the console reads a rate that Prometheus computed
   * from this scrape. The page shows this rate until a newer rate arrives at 10:00:04. The age of the first rate
   * reaches 4 s.
   *
   * The bench ignores the scrapes of targets in the edge cluster, because the agent in the edge cluster collects samples
   * for up to 1 s before the agent sends these samples to Prometheus.
   */
  readonly sample: number;
}

/** An event `flows`, which the console sends to the page. The event contains the rates of all connections on the map. */
interface Received {
  /** Unix time in milliseconds at which the event arrived on the page. */
  readonly receivedAt: number;
  /** Unix time in milliseconds at which the console read these rates from Prometheus. */
  readonly at: number;
}

const collect = `{
  const received = [];
  window.receivedRates = received;
  new EventSource('/api/events').addEventListener('flows', (event) => {
    received.push({ receivedAt: Date.now(), at: JSON.parse(event.data).at });
  });
}`;

export async function agesOfRates(page: Page, prometheus: PrometheusApi, seconds: number): Promise<Ages> {
  await page.evaluate(collect);
  await page.waitForTimeout(seconds * 1000);
  const received = await page.evaluate<readonly Received[]>('window.receivedRates');
  const scrapes = await prometheus.query(
    `scrape_duration_seconds{cluster!="${clusters.edge.cluster}"}[${seconds + 30}s]`,
  );
  const ages = received.slice(0, -1).map(({ at }, index) => {
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
 * Returns the start of the newest scrape that ended before `at`, as a Unix time in milliseconds.
 * @param values for each scrape: its start as a Unix time in seconds, and its duration in seconds
 */
function newestBefore(values: readonly (readonly [number, string])[], at: number): number {
  const ended = values.filter(([start, duration]) => (start + Number(duration)) * 1000 <= at);
  return (ended.at(-1)?.[0] ?? Number.NaN) * 1000;
}
