/** A metric. The registry and the PromQL builder use the same definition. */
export interface MetricDefinition {
  /** Name in the exposition, with the suffix of the unit. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Unit of the value: a base unit (`seconds`, `bytes`), or the name of the counted things. */
  readonly unit: string;
  readonly help: string;
  /** Labels that the program sets. Labels of the scrape, such as `job` and `instance`, are not in the list. */
  readonly labels: readonly string[];
  /** Upper bounds, only for a histogram. */
  readonly buckets?: readonly number[];
}

/** Keeps the literal types of names and labels. Code with a misspelt name or label does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
