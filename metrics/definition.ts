/** A metric as data: what is exposed, in which unit, with which labels. */
export interface MetricDefinition {
  /** Name in the exposition, unit suffix included. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Unit of the value, a base unit where there is one (`seconds`, `bytes`), else what is counted. */
  readonly unit: string;
  readonly help: string;
  /** Label names of its own; those that scraping adds (`job`, `instance`, `cluster`, …) are not listed. */
  readonly labels: readonly string[];
  /** Upper bounds, for a histogram. */
  readonly buckets?: readonly number[];
}

/** Keeps the literal types, so that a label or a name that is misspelt elsewhere does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
