import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { sendLoad } from '../../../bench/federation/generator.ts';
import { ownMetrics, sumOf } from '../../../bench/federation/own-metrics.ts';
import { valueAt } from '../../../bench/federation/series.ts';
import { Session } from '../../../bench/federation/session.ts';
import { steady } from '../../../bench/federation/steady.ts';
import { obtainPrograms } from '../../../toolchain/index.ts';
import { prometheusApi } from '../../../verify/prometheus-api.ts';

const root = join(import.meta.dirname, '../../..');
const context = async () => ({
  root,
  programs: await obtainPrograms({ names: ['prometheus'] }),
  signal: new AbortController().signal,
});

it('a real Prometheus stores every sample of two real agents exactly once', {
  timeout: 60_000,
}, async () => {
  const figures = await steady(
    {
      engine: 'prometheus',
      agents: 2,
      series: 100,
      interval: 1,
      phases: { warmUp: 0, steady: 4, killAfter: 2, away: 1 },
    },
    await context(),
  );
  expect(figures.loss).toMatchObject({ lost: 0, extra: 0 });
  expect(figures.loss.of).toBeGreaterThanOrEqual(2 * 100 * 2);
  expect(figures.freshness.p50).toBeGreaterThan(0);
  expect(figures.freshness.p50).toBeLessThanOrEqual(figures.freshness.p99);
  expect(figures.rules.allGroups).toBeGreaterThan(0);
});

it('a real Prometheus stores every sample of the load generator', {
  timeout: 60_000,
}, async () => {
  const { signal, ...rest } = await context();
  const options = { engine: 'prometheus', agents: 1, series: 100, interval: 60, rules: false } as const;
  const folder = await Session.run(options, { ...rest, signal }, async (session) => {
    const start = Date.now() - 60_000;
    const load = { connection: 0, series: 2500, scrapes: 3, start };
    await sendLoad(`${session.queryUrl}/api/v1/write`, load, signal);
    const api = prometheusApi(session.queryUrl);
    const [sum] = await api.query('sum(count_over_time({cluster="load-00"}[10m]))');
    expect(sum?.value?.[1]).toBe(String(2500 * 3));
    const [series] = await api.query('bench_work_3_total{item="2493"}[10m]');
    expect(series?.values).toEqual(
      [0, 1, 2].map((scrape) => [(start + scrape * 1000) / 1000, String(valueAt(2493, scrape))]),
    );
    const [url = ''] = session.storeUrls;
    expect(sumOf(await ownMetrics(url, signal), 'prometheus_tsdb_head_samples_appended_total')).toBe(7500);
    return session.settings.dataDir;
  });
  expect(existsSync(folder)).toBe(false);
});

it('two sessions of the bench that run at the same time use different ports', {
  timeout: 60_000,
}, async () => {
  const { signal, ...rest } = await context();
  const options = { engine: 'prometheus', agents: 1, series: 100, interval: 60, rules: false } as const;
  let waiting = 0;
  const offsets = await Promise.all(
    [0, 1].map(() =>
      Session.run(options, { ...rest, signal }, async ({ settings }) => {
        waiting += 1;
        // Each session waits until both sessions have started. Otherwise the first session could end too early.
        await vi.waitUntil(() => waiting === 2, { timeout: 30_000 });
        return settings.portOffset;
      }),
    ),
  );
  expect(new Set(offsets).size).toBe(2);
});
