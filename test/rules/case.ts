import type { LabelOf } from '../../metrics/promql.ts';

/** A series in promtool notation, with one value for each step. The first step is at time 0. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

export interface FiringAlert {
  /** Labels of the alert or recorded series. For alerts, the test adds `alertname` and the rule's labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A situation and its alerts. The rules have the durations of the profile `production`. */
export interface AlertCase {
  readonly alert: string;
  readonly when: string;
  readonly series: readonly InputSeries[];
  /**
   * Time between two samples.
   * @default '30s'
   */
  readonly step?: string;
  /**
   * Time between two evaluations of the rules. A longer time makes the test faster.
   * @default `step`
   */
  readonly evaluatedEvery?: string;
  /**
   * If false, the test loads no recording rules.
   * @default true
   */
  readonly recordings?: false;
  /** Time of the check, counted from the first step. */
  readonly at: string;
  /** A time earlier than the time `at`. The alert does not fire yet at this earlier time. */
  readonly notYet?: string;
  /**
   * Alerts that fire at the time `at`.
   * @default none
   */
  readonly fires?: readonly FiringAlert[];
}

export interface RecordingCase extends Pick<AlertCase, 'when' | 'series' | 'step' | 'evaluatedEvery' | 'at'> {
  readonly record: string;
  readonly stores: readonly FiringAlert[];
}

/** The values `5x10` are eleven samples of 5. The values `0+2x10` increase by 2 ten times. */
export function series<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
  labels: { readonly [label in LabelOf<M>]?: string },
  values: string,
): InputSeries {
  const selectors = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { series: `${metric.name}{${selectors.join(',')}}`, values };
}

/** A constant value for 480 steps: four hours with the default step. */
export const steady = (value: number): string => `${value}x480`;
/** A counter with a constant increase in each of 480 steps: four hours with the default step. */
export const rising = (by: number): string => `0+${by}x480`;
