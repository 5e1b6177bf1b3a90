import type { MetricDefinition } from '../metrics/definition.ts';
import { batchMetrics } from '../metrics/definitions/batch.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import type { MetricSet } from './source.ts';
import { sources } from './sources.ts';

/**
 * Metrics that belong to no entry in `sources`. A batch job pushes the metrics in `batch`. Prometheus adds the metrics
 * in `scrape` to each scrape. Recording rules write the metrics in `rules`.
 */
const others = {
  batch: batchMetrics,
  scrape: targetMetrics,
  rules: recorded,
} as const;

/** All metrics that the project exposes or reads, by source. */
export const catalogue: Readonly<Record<string, MetricSet>> = {
  ...Object.fromEntries(Object.entries(sources).map(([name, { metrics }]) => [name, metrics])),
  ...others,
};

const definitions: ReadonlyMap<string, MetricDefinition> = new Map(
  Object.values(catalogue)
    .flatMap((metrics) => Object.values(metrics))
    .flatMap((metric) => seriesNames(metric).map((name) => [name, metric] as const)),
);

/** Finds a metric by the name of a series. A histogram has series with the suffixes `_bucket`, `_sum` and `_count`. */
export function definitionOf(name: string): MetricDefinition | undefined {
  return definitions.get(name);
}

function seriesNames({ name, type }: MetricDefinition): readonly string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
