import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { laptopThanosJobs, sampleLimit } from '../../sources/index.ts';
import { excess, measure } from '../../verify/cardinality/measure.ts';
import { cardinalityReport } from '../../verify/cardinality/report.ts';
import { usedNames } from '../../verify/cardinality/used-names.ts';
import type { PrometheusApi, Series } from '../../verify/prometheus-api.ts';

const root = join(import.meta.dirname, '..', '..');

const one = (metric: Record<string, string>, value: number): Series => ({
  metric,
  value: [0, String(value)],
});

/** Answers of the fake Prometheus: too many samples of `pushgateway`, and an undeclared job `shop`. */
const answers: readonly [RegExp, readonly Series[]][] = [
  [
    /^count by \(job, __name__\)/,
    [
      one({ job: 'nats/nats', __name__: 'nats_varz_connections' }, 2),
      one({ job: 'nats/nats', __name__: 'nats_never_read' }, 1_998),
      one({ job: 'branch/nats', __name__: 'nats_varz_connections' }, 1_001),
      one({ job: 'shop', __name__: 'shop_orders' }, 70_000),
      one({ __name__: 'ALERTS' }, 3),
    ],
  ],
  [
    /\(up\)$/,
    [
      one({ job: 'nats/nats' }, 2),
      one({ job: 'branch/nats' }, 1),
      one({ job: 'shop' }, 1),
      one({ job: 'pushgateway' }, 1),
    ],
  ],
  [/scrape_samples_post_metric/, [one({ job: 'pushgateway' }, 20_120), one({ job: 'nats/nats' }, 1_000)]],
  [/scrape_sample_limit/, [one({ job: 'pushgateway' }, 5_000), one({ job: 'nats/nats' }, 5_000)]],
];
const api = {
  query: async (expr: string) => answers.find(([pattern]) => pattern.test(expr))?.[1] ?? [],
} as PrometheusApi;

const job = async (name: string) => {
  const found = (await measure(api)).find((candidate) => candidate.job === name);
  if (!found) throw new Error(`no job ${name}`);
  return found;
};

describe('the cardinality report', () => {
  it('contains the series budget and the sample limit of a declared job', async () => {
    expect(await job('nats/nats')).toMatchObject({ series: 2_000, targets: 2, budget: 2_000, limit: 5_000 });
    expect(excess(await job('nats/nats'))).toEqual([]);
  });

  it('reports an edge job with more series than its budget', async () => {
    expect(excess(await job('branch/nats'))).toEqual(['1001 series, and the budget is 1000']);
  });

  it('reports a job whose scrape exceeds the sample limit', async () => {
    expect(excess(await job('pushgateway'))).toEqual(['a scrape had 20120 samples, and its limit is 5000']);
  });

  it('contains no series budget for the undeclared job `shop`', async () => {
    expect(await job('shop')).not.toHaveProperty('budget');
    expect(excess(await job('shop'))).toEqual([]);
  });

  it('is printed as a table of jobs and a table of unused metrics', async () => {
    const text = cardinalityReport(await measure(api), new Set(['nats_varz_connections', 'ALERTS']), 1);
    expect(text).toBe(`– shop         70000 series of 1 target
    shop_orders  70000
✓ nats/nats    2000 series of 2 targets, budget 2000
    nats_never_read  1998
✗ branch/nats  1001 series, and the budget is 1000
    nats_varz_connections  1001
– (no job)     3 series
    ALERTS  3
✗ pushgateway  a scrape had 20120 samples, and its limit is 5000

– marks series without a budget: series of a job that the platform does not define, and series without a job (results of rules)

71998 series are in no rule, panel or document (for information, no action is necessary):
  shop: 70000 series of 1 metric
    shop_orders  70000
  nats/nats: 1998 series of 1 metric
    nats_never_read  1998

2 jobs over budget, 73004 series in all`);
  });

  it('does not contain the mark "–" if every job has a budget', async () => {
    const within = (await measure(api)).filter(({ budget }) => budget !== undefined);
    expect(within.length).toBeGreaterThan(0);
    expect(cardinalityReport(within, new Set(), 1)).not.toContain('–');
  });

  it.each(Object.values(laptopThanosJobs))(
    'has a series budget and a sample limit for the laptop job %s',
    async (job) => {
      const measured = await measure({
        query: async (expr: string): Promise<readonly Series[]> => {
          if (/^count by \(job, __name__\)/.test(expr)) return [one({ job, __name__: 'up' }, 1_000_000)];
          if (/\(up\)$/.test(expr)) return [one({ job }, 3)];
          return /scrape_samples_post_metric/.test(expr) ? [one({ job }, 1_000_000)] : [];
        },
      } as PrometheusApi);
      const expectedSeries = job === laptopThanosJobs.receive ? 4_000 : 2_000;
      expect(measured).toMatchObject([
        { job, budget: 3 * expectedSeries, limit: sampleLimit({ expectedSeries }) },
      ]);
      expect(measured.flatMap(excess)).toHaveLength(2);
    },
  );

  it('counts metrics in rules, panels and documented queries as used', () => {
    const rule = {
      name: 'a',
      type: 'alerting',
      health: 'ok',
      query: 'rate(of_a_rule_total[5m]) > 0',
    } as const;
    const used = usedNames([{ name: 'group', evaluationTime: 0, rules: [rule] }], root);
    expect(used).toContain('of_a_rule_total');
    expect(used).toContain('nats_varz_in_bytes');
    expect(used).toContain('scrape_samples_scraped');
    expect(used).not.toContain('go_gc_duration_seconds_count');
  });
});

describe('npm run cardinality', () => {
  const runWith = (env: NodeJS.ProcessEnv, ...args: readonly string[]) =>
    execa(process.execPath, ['--import', 'tsx', 'verify/cardinality/main.ts', ...args], {
      cwd: root,
      env,
      reject: false,
    });
  const run = (...args: readonly string[]) => runWith({}, ...args);

  it('exits with code 2 if nothing runs at the port offset', async () => {
    const { exitCode, stderr } = await run('laptop', '--port-offset', '23');
    expect(stderr).toMatch(/no answer .*ECONNREFUSED/);
    expect(stderr).toMatch(
      /Start the pipeline with npm start, or set --port-offset to the offset of the running pipeline\.$/,
    );
    expect(exitCode).toBe(2);
  }, 30_000);

  it('reports an option that npm did not pass on because "--" was missing', async () => {
    const { exitCode, stderr } = await runWith({ npm_config_port_offset: 'true' }, 'laptop', '8000');
    expect(stderr).toMatch(
      /^error: npm did not pass these options to the command: --port-offset\. Repeat the command with -- before the first option\.\n/,
    );
    expect(exitCode).toBe(1);
  }, 30_000);

  it('exits with code 1 for an unknown system, and lists the known systems', async () => {
    const { exitCode, stderr } = await run('stage');
    expect(stderr).toMatch(/Expected one of laptop, dev, local, prod\./);
    expect(exitCode).toBe(1);
  }, 30_000);
});
