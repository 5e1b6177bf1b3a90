/** A metric as data: what is exposed, in which unit, with which labels. */
export interface MetricDefinition {
  /** Name in the exposition, unit suffix included. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Unit of the value, a base unit if there is one (`seconds`, `bytes`), otherwise the things that are counted. */
  readonly unit: string;
  readonly help: string;
  /** The metric's own label names, without those that scraping adds (`job`, `instance`, `cluster`, …). */
  readonly labels: readonly string[];
  /** Upper bounds, for a histogram. */
  readonly buckets?: readonly number[];
}

/** Keeps the literal types, because then a misspelt label or name elsewhere does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
