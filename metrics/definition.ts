/** One definition for the registry and for the PromQL builder. */
export interface MetricDefinition {
  /** With the suffix of the unit, such as `_seconds`. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** A base unit (`seconds`, `bytes`), or the name of the counted things. */
  readonly unit: string;
  readonly help: string;
  /** Labels that the program sets, without labels of the scrape such as `job` and `instance`. */
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

/** Keeps the literal types, therefore code with a misspelt label does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
