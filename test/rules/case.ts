import type { LabelOf } from '../../metrics/promql.ts';

/** A series in promtool's notation, with one value for each step from time 0. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

export interface FiringAlert {
  /** Labels next to `alertname` and `severity`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Value of the expression, which the annotations show. */
  readonly value: number;
}

/** One situation, and whether an alert fires in it. Durations are those of production. */
export interface AlertCase {
  readonly alert: string;
  /** The situation, in words. */
  readonly when: string;
  readonly series: readonly InputSeries[];
  /** Time between two samples and between two evaluations. @default '30s' */
  readonly step?: string;
  /** Time of the check after the first sample, in Prometheus notation. */
  readonly at: string;
  /** A time at which the alert does not fire yet, because its condition has not held for long enough. */
  readonly notYet?: string;
  /** The alerts that fire. @default none */
  readonly fires?: readonly FiringAlert[];
}

/** One situation, and the series that a recording rule stores in it. */
export interface RecordingCase {
  readonly record: string;
  readonly when: string;
  readonly series: readonly InputSeries[];
  readonly at: string;
  readonly stores: readonly FiringAlert[];
}

/** Samples of a metric. Values are in promtool's notation: `5x10` is 5, then ten times 5; `0+2x10` rises by 2 ten times. */
export function series<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
  labels: { readonly [label in LabelOf<M>]?: string },
  values: string,
): InputSeries {
  const selectors = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { series: `${metric.name}{${selectors.join(',')}}`, values };
}

/** The same value for four hours. */
export const steady = (value: number): string => `${value}x480`;
/** A counter that grows by the same amount every 30 s for four hours. */
export const rising = (by: number): string => `0+${by}x480`;
