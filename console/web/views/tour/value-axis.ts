import type { TimeSeriesProps } from '../../chart/time-series.tsx';

const timesOfDay = {
  /** Seconds. With a smaller margin, the axis of a constant value could have only one mark. */
  leastMargin: 60,
  increments: [60, 120, 300, 600, 1800, 3600, 21_600, 86_400],
} as const;
const durations = { increments: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] } as const;

/** The value axis of a chart, by the unit of its values. */
export function axisOf(unit: string | undefined): Pick<TimeSeriesProps, 'leastMargin' | 'increments'> {
  if (unit === 'unix') return timesOfDay;
  return unit === 's' ? durations : {};
}
