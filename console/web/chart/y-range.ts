import type { ChartThreshold } from './draw.ts';

interface Limits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly thresholds?: readonly ChartThreshold[] | undefined;
  /** Minimum margin above and below the curve, in the unit of the values. @default no minimum */
  readonly leastMargin?: number | undefined;
}

/** Returns the limits of the axis. `low` and `high` are the limits of the curve. */
export function yRange(
  low: number | null,
  high: number | null,
  { min, max, thresholds = [], leastMargin }: Limits,
): [number, number] {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) {
    return [min ?? 0, max ?? 1];
  }
  // A threshold far above the curve does not extend the axis. Otherwise, the curve would be almost flat.
  const near = thresholds.map(({ value }) => value).filter((value) => value > high && value <= high * 2.5);
  const highest = Math.max(high, ...near);
  const share = (highest - (min ?? low)) * 0.1;
  const margin =
    leastMargin === undefined ? share || Math.abs(highest) * 0.1 || 1 : Math.max(share, leastMargin);
  const bottom = min ?? (low >= 0 && low - margin < 0 ? 0 : low - margin);
  const top = max ?? highest + margin;
  return top > bottom ? [bottom, top] : [bottom, bottom + 1];
}
