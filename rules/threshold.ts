import { type Duration, inWords, type Profile, seconds } from '../metrics/duration.ts';
import { type Adjust, type Adjustable, adjustable, inSeconds, type Scalar } from '../metrics/promql.ts';

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

/** A duration that the rule computes from another threshold. An environment changes the other threshold instead. */
export interface FollowingThreshold extends DurationThreshold {
  /** Name of the other threshold of the same rule. */
  readonly follows: string;
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

/**
 * The threshold as an operand of an expression. A duration becomes its seconds. The operand has the value of the
 * environment when the expression is rendered.
 */
export const limit = (threshold: Threshold): Scalar =>
  adjustable((adjust) => {
    const actual = adjust(threshold);
    return actual.unit === 'duration' ? inSeconds(actual.value) : actual.value;
  });

/** The threshold as a range, an offset or a time in an expression. */
export const span = (threshold: DurationThreshold): Adjustable<Duration> => ({
  adjusted: (adjust) => adjust(threshold).value,
});

/** The threshold as a number for a panel: the value of production. A duration becomes its seconds. */
export function drawn(threshold: Threshold): number {
  return threshold.unit === 'duration' ? seconds(threshold.value.production) : threshold.value;
}

/** Reads thresholds with the values of one environment, for the panels of its dashboards. */
export interface ThresholdReader {
  /** The threshold as a number: the value of production. A duration becomes its seconds. */
  readonly drawn: (threshold: Threshold) => number;
  /** The threshold in words. */
  readonly inWords: (threshold: Threshold) => string;
}

export const thresholdReader = (adjust: Adjust): ThresholdReader => ({
  drawn: (threshold) => drawn(adjust(threshold)),
  inWords: (threshold) => thresholdText(adjust(threshold)),
});

/** A ratio as a percentage: 0.99 is `99 %`. */
export const percent = (value: number): string => `${Number((value * 100).toPrecision(6))} %`;

/** The threshold in words: `3 %`, `1.25`, `100,000`, `30 minutes`. */
export function thresholdText(threshold: Threshold, profile: Profile = 'production'): string {
  if (threshold.unit === 'duration') return inWords(threshold.value[profile]);
  if (threshold.unit === 'ratio') return percent(threshold.value);
  return threshold.value.toLocaleString('en-US');
}
