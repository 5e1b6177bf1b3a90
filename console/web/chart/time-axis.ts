import type uPlot from 'uplot';
import { cssColor } from './colors.ts';

const clock = (time: Date, withSeconds: boolean) =>
  time.toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds && { second: '2-digit' }),
  });
const day = (time: Date) => time.toLocaleDateString('en-GB', { day: '2-digit', month: 'short' });
const isSameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString();

/**
 * Labels in the time zone of the browser.
 * @param splits Unix times in seconds
 * @param increment seconds between two marks
 */
export function timeLabels(splits: readonly number[], increment: number): readonly string[] {
  return splits.map((split, index) => {
    const time = new Date(split * 1000);
    const before = splits[index - 1];
    const isNewDay = before !== undefined && !isSameDay(new Date(before * 1000), time);
    if (increment >= 86_400 || isNewDay) return day(time);
    return clock(time, increment < 60);
  });
}

/** The time of day with seconds, such as `09:05:30`. A time on another day also has its date. */
export function timeText(seconds: number, now = Date.now()): string {
  const time = new Date(seconds * 1000);
  return isSameDay(time, new Date(now)) ? clock(time, true) : `${day(time)} ${clock(time, true)}`;
}

function axisTextSize(): number {
  return Number.parseFloat(cssColor('--chart-text')) || 11;
}

/** Estimated width of a text on an axis, in CSS pixels. */
export const axisTextWidth = (characters: number): number => characters * axisTextSize() * 0.573;

/** Settings that all axes share. */
export function axisBase(): uPlot.Axis {
  return {
    stroke: cssColor('--quiet'),
    font: `${axisTextSize()}px system-ui, sans-serif`,
    grid: { stroke: cssColor('--line'), width: 1 },
    ticks: { show: false },
  };
}

/**
 * Minimum distance between two marks, in CSS pixels.
 * @param perMinute CSS pixels for one minute
 */
function spaceOfMarks(perMinute: number): number {
  const halfMinute = perMinute / 2;
  const withSeconds = axisTextWidth('00:00:00'.length) + 16;
  if (halfMinute >= withSeconds) return withSeconds;
  // Labels at every half minute would overlap.
  return Math.max(axisTextWidth('00:00'.length) + 12, halfMinute + 1);
}

export function timeAxis(): uPlot.Axis {
  return {
    ...axisBase(),
    space: (_plot, _axis, low, high, pixels) => spaceOfMarks((pixels * 60) / (high - low)),
    size: axisTextSize() + 15,
    values: (_plot, splits, _axis, _space, increment) => [...timeLabels(splits, increment)],
  };
}

/** CSS pixels. Free space at the right of a chart, for the last label of the time axis. */
export const spaceAtRight = (): number => Math.ceil(axisTextWidth('00:00'.length) / 2) + 2;
