/** Data of a metric. The registry and the PromQL builder use it. */
export interface MetricDefinition {
  /** Name in the exposition, with the suffix of the unit. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Unit of the value: a base unit (`seconds`, `bytes`), or the name of the counted things. */
  readonly unit: string;
  readonly help: string;
  /** Labels from the program itself, without the labels of the scrape (`job`, `instance`, `cluster`, …). */
  readonly labels: readonly string[];
  /** Upper bounds of the buckets, only for a histogram. */
  readonly buckets?: readonly number[];
}

/** Keeps the literal types of names and labels. Code with a misspelt name or label does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
