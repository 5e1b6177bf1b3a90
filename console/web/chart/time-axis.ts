import type uPlot from 'uplot';
import { cssColor } from './colors.ts';

const clock = (time: Date, withSeconds: boolean) =>
  time.toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds && { second: '2-digit' }),
  });
const day = (time: Date) => time.toLocaleDateString('en-GB', { day: '2-digit', month: 'short' });

/**
 * The text below each mark of a time axis, in the time zone of the browser.
 * @param splits unix times in seconds
 * @param increment seconds between two marks
 */
export function timeLabels(splits: readonly number[], increment: number): readonly string[] {
  return splits.map((split, index) => {
    const time = new Date(split * 1000);
    const before = splits[index - 1];
    const isNewDay = before !== undefined && day(new Date(before * 1000)) !== day(time);
    if (increment >= 86_400 || isNewDay) return day(time);
    return clock(time, increment < 60);
  });
}

/** A time as a tooltip shows it: with seconds, and with the date unless it is today. */
export function timeText(seconds: number, now = Date.now()): string {
  const time = new Date(seconds * 1000);
  const isToday = day(time) === day(new Date(now));
  return isToday ? clock(time, true) : `${day(time)} ${clock(time, true)}`;
}

/** Axes of every chart: quiet text, thin grid. */
export function axisBase(): uPlot.Axis {
  return {
    stroke: cssColor('--quiet'),
    font: '11px system-ui, sans-serif',
    grid: { stroke: cssColor('--line'), width: 1 },
    ticks: { show: false },
  };
}

/** The axis of time at the bottom. */
export function timeAxis(): uPlot.Axis {
  return {
    ...axisBase(),
    space: 64,
    size: 26,
    values: (_plot, splits, _axis, _space, increment) => [...timeLabels(splits, increment)],
  };
}
