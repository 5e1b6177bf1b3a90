import { execa } from 'execa';
import { request } from 'undici';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { jobs, sampleLimit, sources } from '../../sources/index.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { until } from './processes.ts';

const laptop = inject('laptop');
const prometheus = prometheusApi(`http://127.0.0.1:${laptop.ports.prometheus}`);
const consoleUrl = `http://127.0.0.1:${laptop.ports.console}`;

async function ask(method: 'POST' | 'DELETE', path: string): Promise<void> {
  const { statusCode, body } = await request(`${consoleUrl}${path}`, {
    method,
    body: '{}',
    signal: AbortSignal.timeout(20_000),
  });
  const text = await body.text();
  if (statusCode !== 204) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
}

const restore = () => ask('DELETE', '/api/faults/cardinality-explosion');
const value = async (expr: string) => Number((await prometheus.query(expr))[0]?.value?.[1]);
const cardinality = () =>
  execa(
    process.execPath,
    ['--import', 'tsx', 'verify/cardinality/main.ts', 'laptop', '--port-offset', String(laptop.portOffset)],
    { cwd: `${import.meta.dirname}/../..`, reject: false },
  );

describe('the report of npm run cardinality', () => {
  it('shows no job over its series budget in a healthy pipeline', async () => {
    const { stdout, stderr, exitCode } = await cardinality();
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^✓ usdt-exporter +\d+ series of 1 target, budget 200$/m);
    expect(stdout).toMatch(/^0 jobs over budget/m);
    expect(exitCode).toBe(0);
  }, 60_000);
});

describe('a target that exposes too many series', () => {
  afterAll(restore);

  it('goes down, but all other targets stay up', async () => {
    const down = async () =>
      (await prometheus.query('up == 0')).map(({ metric }) => metric.job as string).sort();
    expect(await down()).toEqual([]);
    const before = await value('prometheus_tsdb_head_series');
    await ask('POST', '/api/faults/cardinality-explosion');
    await until(
      () => 'both alerts do not fire',
      async () =>
        (await value(
          'count(ALERTS{alertname=~"PushgatewayDown|ScrapeNearSampleLimit",alertstate="firing"})',
        )) === 2,
      90_000,
    );
    expect(await down()).toEqual([jobs.pushgateway]);
    expect(await prometheus.query('min_over_time(up[20s]) == 0')).toHaveLength(1);
    const [share] = await prometheus.query(
      'scrape_samples_post_metric_relabeling / scrape_sample_limit > 0.8',
    );
    expect(share?.metric.job).toBe(jobs.pushgateway);
    expect(Number(share?.value?.[1])).toBeGreaterThan(4);
    expect(await prometheus.query('orders_report_amount')).toEqual([]);
    // Before the scrape fails, Prometheus creates up to `sample_limit` series in memory.
    const growth = (await value('prometheus_tsdb_head_series')) - before;
    expect(growth).toBeLessThan(sampleLimit(sources.pushgateway) + 1000);
    const { stdout, exitCode } = await cardinality();
    expect(stdout).toMatch(/^✗ pushgateway +.*a scrape had \d+ samples, and its limit is 5000/m);
    expect(exitCode).toBe(1);
    await restore();
    await until(
      () => 'the Pushgateway stays down',
      async () => (await down()).length === 0,
      30_000,
    );
  }, 180_000);
});
