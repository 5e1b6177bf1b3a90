import type { TimeSeriesProps } from '../../chart/time-series.tsx';

const timesOfDay = {
  /** With a margin below 60 seconds, the value axis could show only one mark. */
  leastMargin: 60,
  increments: [60, 120, 300, 600, 1800, 3600, 21_600, 86_400],
} as const;
const durations = { increments: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] } as const;

export function axisOf(unit: string | undefined): Pick<TimeSeriesProps, 'leastMargin' | 'increments'> {
  if (unit === 'unix') return timesOfDay;
  return unit === 's' ? durations : {};
}
