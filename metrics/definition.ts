/** A metric as data: what is exposed, in which unit, with which labels. */
export interface MetricDefinition {
  /** Name in the exposition, including the suffix for the unit. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Unit of the value: a base unit (`seconds`, `bytes`), or the name of the counted things. */
  readonly unit: string;
  readonly help: string;
  /** Names of the metric's own labels. The labels that scraping adds (`job`, `instance`, `cluster`, …) are left out. */
  readonly labels: readonly string[];
  /** Upper bounds of the buckets, only for a histogram. */
  readonly buckets?: readonly number[];
}

/**
 * Declares metrics and keeps the literal types of their names and labels. Therefore code with a misspelt name or label
 * does not compile.
 */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
