import type { MetricDefinition } from '../metrics/definition.ts';
import { batchMetrics } from '../metrics/definitions/batch.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import type { MetricSet } from './source.ts';
import { sources } from './sources.ts';

/** Metrics that belong to no entry in `sources`. */
const others = {
  /** A batch job pushes these metrics. */
  batch: batchMetrics,
  /** Prometheus adds these metrics to each scrape. */
  scrape: targetMetrics,
  /** Recording rules write these metrics. */
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

/** Finds a metric by the name of a series. A histogram has three series names, such as `x_bucket`. */
export function definitionOf(name: string): MetricDefinition | undefined {
  return definitions.get(name);
}

function seriesNames({ name, type }: MetricDefinition): readonly string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
