import type { LabelOf } from '../../metrics/promql.ts';

/** A series in promtool's notation. It has one value for each step, and the first step is at time 0. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

export interface FiringAlert {
  /** Labels of the alert without `alertname` and `severity`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Value of the expression. The annotations show this value. */
  readonly value: number;
}

/** A situation, and the alerts that fire in it. Durations are the durations of production. */
export interface AlertCase {
  readonly alert: string;
  /** The situation in words. */
  readonly when: string;
  readonly series: readonly InputSeries[];
  /**
   * Time between two samples.
   * @default '30s'
   */
  readonly step?: string;
  /**
   * Time between two evaluations of the rules. A long time saves processor time in a case with many samples.
   * @default `step`
   */
  readonly evaluatedEvery?: string;
  /**
   * False if no result of a recording rule is stored. The recorded series are then only those in `series`.
   * @default true
   */
  readonly recordings?: false;
  /** Time of the check, counted from the first sample, in Prometheus notation. */
  readonly at: string;
  /**
   * An earlier time at which the alert does not fire yet. At this time, the condition has not been true for long
   * enough.
   */
  readonly notYet?: string;
  /**
   * Alerts that fire at the time of the check.
   * @default none
   */
  readonly fires?: readonly FiringAlert[];
}

/** A situation, and the series that a recording rule stores in it. */
export interface RecordingCase {
  readonly record: string;
  readonly when: string;
  readonly series: readonly InputSeries[];
  /**
   * Time between two samples.
   * @default '30s'
   */
  readonly step?: string;
  /**
   * Time between two evaluations of the rules. A long time saves processor time in a case with many samples.
   * @default `step`
   */
  readonly evaluatedEvery?: string;
  readonly at: string;
  readonly stores: readonly FiringAlert[];
}

/**
 * Samples of a metric. Values are in promtool's notation: `5x10` is 5 and then ten times 5, and `0+2x10` increases by 2
 * ten times.
 */
export function series<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
  labels: { readonly [label in LabelOf<M>]?: string },
  values: string,
): InputSeries {
  const selectors = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { series: `${metric.name}{${selectors.join(',')}}`, values };
}

/** Promtool notation for a constant value for four hours. */
export const steady = (value: number): string => `${value}x480`;
/** Promtool notation for a counter that increases by the same amount every 30 s for four hours. */
export const rising = (by: number): string => `0+${by}x480`;
