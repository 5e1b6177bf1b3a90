/** Definition of a metric. The metrics registry and the PromQL builder use the same definition. */
export interface MetricDefinition {
  /** Full name, with a suffix such as `_seconds` if the metric has one. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** A unit, such as `seconds` or `VND per USDT`, or the name of the counted things. */
  readonly unit: string;
  readonly help: string;
  /**
   * Labels in the exporter's output. If the name of the metric has a colon (`a:b`), a recording rule stores the metric.
   * The list then has all labels of the series.
   */
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

/** Keeps the literal types, therefore code with a misspelt label does not compile. */
export function defineMetrics<const T extends Record<string, MetricDefinition>>(metrics: T): T {
  return metrics;
}
