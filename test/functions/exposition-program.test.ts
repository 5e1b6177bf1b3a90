import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../functions/adapters/node/index.ts';
import { batchPusher } from '../../functions/batch-pusher/index.ts';
import { systemClock } from '../../functions/clock.ts';
import type { FunctionDefinition } from '../../functions/function.ts';
import { expositionResponse } from '../../functions/http/exposition.ts';
import { createNodeFetch } from '../../functions/http/node-fetch.ts';
import { usdtExporter } from '../../functions/usdt-exporter/index.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { mockUpstream, offers } from './mock-upstream.ts';
import { eventually, obtainTimeoutMs, pathOf, running } from './programs.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';

beforeAll(async () => {
  await Promise.all([pathOf('prometheus'), pathOf('promtool')]);
}, obtainTimeoutMs);

async function lint(exposition: string): Promise<string> {
  const child = spawn(await pathOf('promtool'), ['check', 'metrics']);
  child.stdin.end(exposition);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return code === 0 ? '' : output;
}

async function exposed(
  definition: FunctionDefinition,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { app } = definition.create(env, {
    runtime: 'test',
    lifetime: 'frozen',
    clock: systemClock,
    log: () => undefined,
    createFetch: createNodeFetch,
  });
  return (await app.request('/metrics')).text();
}

describe('promtool check metrics', () => {
  it('accepts the metrics of the exporter', async () => {
    const upstream = await mockUpstream(() => ({ body: offers([26320]) }));
    const text = await exposed(usdtExporter, { USDT_UPSTREAM_URL: upstream.url });
    expect(text).toContain('usdt_vnd_rate 26320');
    expect(await lint(text)).toBe('');
  });

  it('accepts the metrics of the batch-pusher', async () => {
    expect(await lint(await exposed(batchPusher, {}))).toBe('');
  });

  it('rejects a bad exposition', async () => {
    expect(await lint('no_help 1\n')).toContain('no_help');
  });
});

const sample = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '\n', '"', '\\', '\\n', '}', '{', ' # ', '\u0000', '\r', '\u2028', '😀'),
  ),
  value: fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 1e21),
  ),
});

const protocols = { text: 'PrometheusText0.0.4', openmetrics: 'OpenMetricsText1.0.0' } as const;

describe('a real Prometheus', () => {
  it(
    'reads label values and numbers correctly in text format and OpenMetrics',
    async () => {
      const samples = fc.sample(sample, propertyRuns);
      const registry = createRegistry({
        any: {
          name: 'any',
          type: 'gauge',
          unit: '',
          help: 'Any "value".\nAny \\ label.',
          labels: ['i', 'text'],
        },
      });
      samples.forEach(({ text, value }, i) => {
        registry.metrics.any.set({ i: String(i), text }, value);
      });
      const exporter = await listen((request) => expositionResponse(registry, request), {
        host: '127.0.0.1',
        port: 0,
      });
      onTestFinished(() => exporter.close());
      const query = await prometheusThatScrapes(exporter.port);
      // JavaScript writes -0 as `0`. Therefore Prometheus stores 0 for a sample with the value -0.
      const written = samples.map(({ text, value }) => ({ text, value: value === 0 ? 0 : value }));
      for (const job of Object.keys(protocols)) {
        await eventually(async () => (await query(`up{job="${job}"} == 1`)).length === 1);
        const series = (await query(`any{job="${job}"}`)).map(({ metric, value }): [number, object] => [
          Number(metric.i),
          { text: metric.text ?? '', value: Number(value[1].replace('Inf', 'Infinity')) },
        ]);
        const read = new Map(series);
        expect(written.map((_, i) => read.get(i))).toEqual(written);
      }
    },
    propertyTimeoutMs + 30_000,
  );
});

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

async function prometheusThatScrapes(port: number): Promise<(expr: string) => Promise<Series[]>> {
  const prometheus = await running('prometheus', ({ address, folder }) => {
    const config = {
      global: { scrape_interval: '1s' },
      scrape_configs: Object.entries(protocols).map(([job_name, protocol]) => ({
        job_name,
        scrape_protocols: [protocol],
        static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      })),
    };
    const file = join(folder, 'prometheus.yml');
    writeFileSync(file, JSON.stringify(config));
    return [
      `--web.listen-address=${address}`,
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
    ];
  });
  return async (expr) => {
    const response = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const { data } = (await response.json()) as { data: { result: Series[] } };
    return data.result;
  };
}
