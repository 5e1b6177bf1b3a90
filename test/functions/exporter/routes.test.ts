import { expect, it } from 'vitest';
import { refreshingExporter } from '../../../functions/exporter/refreshing-exporter.ts';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { createRegistry } from '../../../metrics/registry.ts';
import { fakeClock, settled } from '../fake-clock.ts';

function exporterWithoutUpstream() {
  const clock = fakeClock();
  const { app } = refreshingExporter(
    {
      title: 'any',
      registry: createRegistry({ up: targetMetrics.up }),
      refresh: () => new Promise<never>(() => undefined),
      hasValue: () => false,
      intervalMs: 60_000,
    },
    {
      runtime: 'test',
      lifetime: 'warm',
      clock,
      log: () => undefined,
      createFetch: createNodeFetch,
    },
  );
  const scrape = (headers: Record<string, string>) => app.request('/metrics', { headers });
  return { clock, scrape };
}

it.each([
  ['the scraper’s timeout minus half a second', { 'x-prometheus-scrape-timeout-seconds': '2.5' }, 2000],
  ['five seconds if the scraper sends no timeout', {}, 5000],
  [
    'five seconds if the scraper sends an invalid timeout',
    { 'x-prometheus-scrape-timeout-seconds': '-1' },
    5000,
  ],
  ['a minute if the scraper sends a year', { 'x-prometheus-scrape-timeout-seconds': '31536000' }, 60_000],
])('a scrape waits for the first value at most %s', async (_, headers, patienceMs) => {
  const { clock, scrape } = exporterWithoutUpstream();
  const answer = scrape(headers);
  await settled();
  expect(clock.waits()).toEqual([patienceMs]);
  await clock.advance(patienceMs);
  expect((await answer).status).toBe(200);
});
