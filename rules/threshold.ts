import { type Duration, inWords, type Profile, seconds } from '../metrics/duration.ts';
import { inSeconds, type Scalar } from '../metrics/promql.ts';

/** A number with which an alert compares a value: a share between 0 and 1, a factor, or a count. */
export interface NumberThreshold {
  readonly unit: 'ratio' | 'times' | 'count';
  readonly value: number;
  /** The smallest and the largest value at which the alert still makes sense. */
  readonly allowed: readonly [min: number, max: number];
}

/** A duration with which an alert compares, in Prometheus notation. */
export interface DurationThreshold {
  readonly unit: 'duration';
  readonly value: Duration;
  /** The shortest and the longest duration in production at which the alert still makes sense. */
  readonly allowed: readonly [min: string, max: string];
}

/**
 * A value that decides whether an alert fires. The expression, the alert texts, the panels and the runbook's test all
 * read this value.
 */
export type Threshold = NumberThreshold | DurationThreshold;

const numberThreshold =
  (unit: NumberThreshold['unit']) =>
  (value: number, ...allowed: NumberThreshold['allowed']): NumberThreshold => ({ unit, value, allowed });

/** A threshold that is a share between 0 and 1. */
export const ratio = numberThreshold('ratio');
/** A threshold that is a factor of a mean, of an earlier value or of a period. */
export const times = numberThreshold('times');
/** A threshold that is a count. */
export const count = numberThreshold('count');

/**
 * A threshold that is a duration.
 * @param allowed the shortest and the longest duration, in Prometheus notation
 */
export const duration = (value: Duration, ...allowed: DurationThreshold['allowed']): DurationThreshold => ({
  unit: 'duration',
  value,
  allowed,
});

/** The threshold as an operand of an expression. A duration becomes its seconds. */
export function limit(threshold: NumberThreshold): number;
export function limit(threshold: DurationThreshold): Scalar;
export function limit(threshold: Threshold): number | Scalar {
  return threshold.unit === 'duration' ? inSeconds(threshold.value) : threshold.value;
}

/** The threshold as a number for a panel: the value of production. A duration becomes its seconds. */
export function drawn(threshold: Threshold): number {
  return threshold.unit === 'duration' ? seconds(threshold.value.production) : threshold.value;
}

/** A ratio as a percentage: 0.99 is `99 %`. */
export const percent = (value: number): string => `${Number((value * 100).toPrecision(6))} %`;

/** The threshold in words: `3 %`, `1.25`, `100,000`, `30 minutes`. */
export function thresholdText(threshold: Threshold, profile: Profile = 'production'): string {
  if (threshold.unit === 'duration') return inWords(threshold.value[profile]);
  if (threshold.unit === 'ratio') return percent(threshold.value);
  return threshold.value.toLocaleString('en-US');
}
