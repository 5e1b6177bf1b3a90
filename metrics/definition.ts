/** Definition of a metric. The metrics registry and the PromQL builder use the same definition. */
export interface MetricDefinition {
  /** Full name, with a suffix such as `_seconds` if the metric has one. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** A unit, such as `seconds` or `VND per USDT`, or the name of the counted things. */
  readonly unit: string;
  readonly help: string;
  /** Labels that the exporter writes. If `name` contains a colon: all labels of the recorded series. */
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

/** Keeps the literal types, therefore code with a misspelt label does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
