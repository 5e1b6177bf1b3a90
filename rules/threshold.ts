import { type Duration, inWords, type Profile, seconds } from '../metrics/duration.ts';
import { type Adjust, type Adjustable, adjustable, inSeconds, type Scalar } from '../metrics/promql.ts';

export interface NumberThreshold {
  readonly unit: 'ratio' | 'times' | 'count';
  readonly value: number;
  readonly allowed: readonly [min: number, max: number];
}

export interface DurationThreshold {
  readonly unit: 'duration';
  readonly value: Duration;
  /** Shortest and longest duration that an environment may set as `value`. */
  readonly allowed: readonly [min: string, max: string];
}

/** A duration that is computed from another threshold. An environment cannot set this duration. */
export interface FollowingThreshold extends DurationThreshold {
  /** Name of the threshold that determines this duration, for example `late`. */
  readonly follows: string;
}

/** A value that decides whether an alert fires. */
export type Threshold = NumberThreshold | DurationThreshold;

const numberThreshold =
  (unit: NumberThreshold['unit']) =>
  (value: number, ...allowed: NumberThreshold['allowed']): NumberThreshold => ({ unit, value, allowed });

export const ratio = numberThreshold('ratio');
/** A threshold as a multiple of another value. 3 means, for example, 3 times a mean. */
export const times = numberThreshold('times');
export const count = numberThreshold('count');

/** @param allowed the shortest and the longest duration that an environment may set */
export const duration = (value: Duration, ...allowed: DurationThreshold['allowed']): DurationThreshold => ({
  unit: 'duration',
  value,
  allowed,
});

/** The threshold as a number in an expression. A duration becomes seconds. */
export const limit = (threshold: Threshold): Scalar =>
  adjustable((adjust) => {
    const actual = adjust(threshold);
    return actual.unit === 'duration' ? inSeconds(actual.value) : actual.value;
  });

/** The threshold as a duration in an expression, for example as the range `[1h]`. */
export const span = (threshold: DurationThreshold): Adjustable<Duration> => ({
  adjusted: (adjust) => adjust(threshold).value,
});

/** Returns the value in production as a number. A duration becomes seconds. */
export function drawn(threshold: Threshold): number {
  return threshold.unit === 'duration' ? seconds(threshold.value.production) : threshold.value;
}

/** Reads the thresholds of one environment for its dashboards. */
export interface ThresholdReader {
  readonly drawn: (threshold: Threshold) => number;
  readonly inWords: (threshold: Threshold) => string;
}

export const thresholdReader = (adjust: Adjust): ThresholdReader => ({
  drawn: (threshold) => drawn(adjust(threshold)),
  inWords: (threshold) => thresholdText(adjust(threshold)),
});

/** Formats 0.99 as `99 %`. */
export const percent = (value: number): string => `${Number((value * 100).toPrecision(6))} %`;

/** The threshold in words: `3 %`, `1.25`, `100,000`, `30 minutes`. */
export function thresholdText(threshold: Threshold, profile: Profile = 'production'): string {
  if (threshold.unit === 'duration') return inWords(threshold.value[profile]);
  if (threshold.unit === 'ratio') return percent(threshold.value);
  return threshold.value.toLocaleString('en-US');
}
