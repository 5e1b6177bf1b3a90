import type { TimeSeriesProps } from '../../chart/time-series.tsx';

/**
 * Axis of Unix times. A curve has at least a minute above and below. Therefore the axis always has two marks at whole
 * minutes, and needs no marks at seconds.
 */
const timesOfDay = {
  leastMargin: 60,
  increments: [60, 120, 300, 600, 1800, 3600, 21_600, 86_400],
} as const;
/** Axis of seconds, with marks at whole minutes. */
const durations = { increments: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] } as const;

/** The value axis of a curve with this unit. Other units have decimal distances. */
export function axisOf(unit: string | undefined): Pick<TimeSeriesProps, 'leastMargin' | 'increments'> {
  if (unit === 'unix') return timesOfDay;
  return unit === 's' ? durations : {};
}
