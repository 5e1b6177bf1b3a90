import { describe, expect, it } from 'vitest';
import { defineMetrics } from '../../metrics/definition.ts';
import { toOpenMetrics } from '../../metrics/openmetrics.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';

const definitions = defineMetrics({
  hits: { name: 'hits_total', type: 'counter', unit: 'hits', help: 'Hits.', labels: ['side'] },
  plain: { name: 'plain_total', type: 'counter', unit: 'hits', help: 'Plain.', labels: [] },
  level: { name: 'level', type: 'gauge', unit: 'm', help: 'A "level"\nin \\ metres.', labels: [] },
  depth: { name: 'depth', type: 'gauge', unit: 'm', help: 'Depth.', labels: ['at'] },
  took: {
    name: 'took_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Took.',
    labels: [],
    buckets: [1, 2.5],
  },
});

const textOf = async (registry: ReturnType<typeof createRegistry<typeof definitions>>) =>
  (await registry.exposition()).text;

describe('a metrics registry', () => {
  it('exposes its metrics in the Prometheus text format', async () => {
    const registry = createRegistry(definitions);
    registry.metrics.hits.inc({ side: 'buy' });
    registry.metrics.hits.inc({ side: 'buy' }, 2);
    registry.metrics.level.set(1.5);
    registry.metrics.took.observe(2);
    expect(await textOf(registry)).toBe(`# HELP hits_total Hits.
# TYPE hits_total counter
hits_total{side="buy"} 3

# HELP plain_total Plain.
# TYPE plain_total counter
plain_total 0

# HELP level A "level"\\nin \\\\ metres.
# TYPE level gauge
level 1.5

# HELP took_seconds Took.
# TYPE took_seconds histogram
took_seconds_bucket{le="1"} 0
took_seconds_bucket{le="2.5"} 1
took_seconds_bucket{le="+Inf"} 1
took_seconds_sum 2
took_seconds_count 1
`);
  });

  it('does not expose a gauge without a value', async () => {
    const registry = createRegistry(definitions);
    expect(await textOf(registry)).not.toContain('level');
    registry.metrics.depth.set({ at: 'pier' }, 3);
    expect(await textOf(registry)).toContain('depth{at="pier"} 3');
    registry.metrics.depth.remove({ at: 'pier' });
    expect(await textOf(registry)).not.toContain('depth');
  });

  it('escapes label values', async () => {
    const registry = createRegistry(definitions);
    registry.metrics.depth.set({ at: 'a "b"\\\nc' }, 1);
    expect(await textOf(registry)).toContain('depth{at="a \\"b\\"\\\\\\nc"} 1');
  });

  it('renders the exposition again only if a value has changed', async () => {
    const registry = createRegistry(definitions);
    const first = await registry.exposition();
    expect(registry.exposition()).toBe(first);
    registry.metrics.level.set(2);
    const second = await registry.exposition();
    expect(second).not.toBe(first);
    expect(second.text).toContain('level 2');
  });

  it('does not lose a value that is set during a scrape', async () => {
    const registry = createRegistry(definitions);
    const overtaken = registry.exposition();
    registry.metrics.level.set(7);
    await overtaken;
    expect(await textOf(registry)).toContain('level 7');
  });

  it('exposes the last total that `record` has set for a counter', async () => {
    const registry = createRegistry(definitions);
    registry.metrics.plain.record(10);
    registry.metrics.plain.record(12);
    expect(await textOf(registry)).toContain('\nplain_total 12\n');
    registry.metrics.plain.record(1);
    expect(await textOf(registry)).toContain('\nplain_total 1\n');
  });

  it('rejects two metrics with the same name', () => {
    expect(() => createRegistry({ a: definitions.level, b: definitions.level })).toThrow(
      'already been registered',
    );
  });

  it('rejects a label that the definition does not have', () => {
    const registry = createRegistry(definitions);
    // @ts-expect-error the correct name of the label is `side`
    expect(() => registry.metrics.hits.inc({ sides: 'buy' })).toThrow('not included in initial labelset');
  });
});

describe('values that a registry reads at a scrape', () => {
  it('are read at most once in the interval `everyMs`', async () => {
    let time = 0;
    let reads = 0;
    const registry = createRegistry(definitions, {
      now: () => time,
      collector: {
        everyMs: 1000,
        collect: ({ level }) => {
          reads += 1;
          level.set(reads);
        },
      },
    });
    const first = await registry.exposition();
    time = 999;
    expect(registry.exposition()).toBe(first);
    time = 1000;
    expect((await registry.exposition()).text).toContain('level 2');
    expect(reads).toBe(2);
  });

  it('include the CPU time and the memory of the process', async () => {
    const registry = createRegistry(processMetrics, { collector: processCollector() });
    const { text } = await registry.exposition();
    const value = (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(10e6);
    expect(Math.abs(Date.now() / 1000 - process.uptime() - value('process_start_time_seconds'))).toBeLessThan(
      1,
    );
    expect(value('nodejs_heap_size_used_bytes')).toBeLessThan(value('process_resident_memory_bytes'));
  });
});

it('the OpenMetrics exposition ends with an end mark', async () => {
  const registry = createRegistry(definitions);
  registry.metrics.hits.inc({ side: 'x' });
  registry.metrics.level.set(1);
  const { text, contentType } = await registry.exposition('openmetrics');
  expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(text).toContain('# TYPE hits counter\nhits_total{side="x"} 1\n');
  expect(text).toContain('# HELP level A \\"level\\"\\nin \\\\ metres.');
  expect(text).toContain('took_seconds_bucket{le="1.0"} 0');
  expect(text).not.toContain('\n\n');
  expect(text.endsWith('\n# EOF\n')).toBe(true);
  expect(toOpenMetrics('', [])).toBe('# EOF\n');
});
