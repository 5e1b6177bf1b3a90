import { request } from 'undici';
import { describe, expect, inject, it } from 'vitest';
import type { MetricDefinition } from '../../metrics/definition.ts';
import { catalogue, functions, sourceList } from '../../sources/index.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';

const laptop = inject('laptop');
const prometheus = prometheusApi(`http://127.0.0.1:${laptop.ports.prometheus}`);

type LaptopPort = keyof typeof laptop.ports;

/** Ports that expose the metrics of each source. */
const exposedAt: Readonly<Record<string, readonly LaptopPort[]>> = {
  ...Object.fromEntries(
    sourceList
      .filter(({ runsOn }) => runsOn === 'laptop-and-cluster')
      .map(({ name }) => [name, [name as LaptopPort]]),
  ),
  batch: ['pushgateway'],
};

const onlyAfterAFault = ['prometheus_remote_storage_samples_dropped_total', 'ALERTS'];

const groupingLabels = ['job', 'instance', 'dag_id'];

interface Exposed {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
}

async function exposition(port: number): Promise<ReadonlyMap<string, Exposed>> {
  const { body } = await request(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(5000) });
  const families = new Map<string, { type: string; labels: Set<string> }>();
  for (const line of (await body.text()).split('\n')) {
    const declared = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (declared) families.set(declared[1] as string, { type: declared[2] as string, labels: new Set() });
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line);
    if (!sample) continue;
    const name = sample[1] as string;
    const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
    for (const [, label] of (sample[2] ?? '').matchAll(/([a-zA-Z_]\w*)="(?:[^"\\]|\\.)*"/g))
      family?.labels.add(label as string);
  }
  return families;
}

const definitionsOf = (source: string): readonly MetricDefinition[] => Object.values(catalogue[source] ?? {});

describe.each(Object.entries(exposedAt))('the metric catalogue of %s', (source, exposedBy) => {
  it.each(exposedBy)('lists only metrics that %s exposes, with their type and labels', async (program) => {
    const exposed = await exposition(laptop.ports[program]);
    const claimed = definitionsOf(source).filter(({ name }) => !onlyAfterAFault.includes(name));
    const found = claimed.map(({ name }) => {
      const family = exposed.get(name);
      const own = [...(family?.labels ?? [])].filter(
        (label) => label !== 'le' && !groupingLabels.includes(label),
      );
      return { name, type: family?.type, labels: own.sort() };
    });
    expect(found).toEqual(
      claimed.map(({ name, type, labels }) => ({ name, type, labels: [...labels].sort() })),
    );
  });
});

describe('each function', () => {
  it.each(functions.map(({ name }) => name as LaptopPort))(
    'exposes only metrics of the catalogue: %s',
    async (source) => {
      const known = new Set(definitionsOf(source).map(({ name }) => name));
      const exposed = await exposition(laptop.ports[source]);
      expect([...exposed.keys()].filter((name) => !known.has(name))).toEqual([]);
    },
  );
});

describe('a metric that Prometheus creates', () => {
  it.each(
    [...definitionsOf('scrape'), ...definitionsOf('rules')].filter(
      ({ name }) => !onlyAfterAFault.includes(name),
    ),
  )('exists with the labels of the metric catalogue: $name', async ({ name, labels }) => {
    const series = await prometheus.query(name);
    const found = new Set(series.flatMap(({ metric }) => Object.keys(metric)));
    // Prometheus stores a series without its empty labels, such as `domain=""`.
    const absent = labels.filter((label) => !found.has(label));
    expect(absent.filter((label) => !['domain', 'meta_leader'].includes(label))).toEqual([]);
    expect(series.length).toBeGreaterThan(0);
  });
});
