import type { Page } from 'playwright-core';
import { clusters } from '../../config/topology.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';

/** Greatest age of a rate on the map, in milliseconds. */
export interface Ages {
  /** Time since the console read the rate from Prometheus. */
  readonly reading: number;
  readonly sample: number;
}

/** An event `flows` from the console. The event contains the rates of all connections. */
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
  // The query leaves out the edge cluster, because its agent sends samples up to 1 s after the scrape.
  const scrapes = await prometheus.query(
    `scrape_duration_seconds{cluster!="${clusters.edge.cluster}"}[${seconds + 30}s]`,
  );
  const ages = received.slice(0, -1).map(({ at }, index) => {
    // The map shows a rate until the page receives the next rates.
    const until = received[index + 1]?.receivedAt ?? at;
    const oldest = Math.min(...scrapes.map(({ values = [] }) => newestBefore(values, at)));
    return { reading: until - at, sample: until - oldest };
  });
  return {
    reading: Math.max(...ages.map(({ reading }) => reading)),
    sample: Math.max(...ages.map(({ sample }) => sample)),
  };
}

/** Start of the newest scrape that ended before `at`, in Unix milliseconds. */
function newestBefore(values: readonly (readonly [number, string])[], at: number): number {
  const ended = values.filter(([start, duration]) => (start + Number(duration)) * 1000 <= at);
  return (ended.at(-1)?.[0] ?? Number.NaN) * 1000;
}
