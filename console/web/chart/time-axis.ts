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
 * Texts of the marks, in the time zone of the browser.
 * @param splits Unix times of the marks in seconds
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

/** Includes the seconds and, on another day, the date. */
export function timeText(seconds: number, now = Date.now()): string {
  const time = new Date(seconds * 1000);
  const isToday = day(time) === day(new Date(now));
  return isToday ? clock(time, true) : `${day(time)} ${clock(time, true)}`;
}

/** Size of the axis texts in CSS pixels. Presenter mode has a larger size in its style sheet. */
function axisTextSize(): number {
  return Number.parseFloat(cssColor('--chart-text')) || 11;
}

/** Width in CSS pixels of an axis text with this number of characters. */
export const axisTextWidth = (characters: number): number => characters * axisTextSize() * 0.573;

/** Common settings of all axes: a pale text colour and a thin grid. */
export function axisBase(): uPlot.Axis {
  return {
    stroke: cssColor('--quiet'),
    font: `${axisTextSize()}px system-ui, sans-serif`,
    grid: { stroke: cssColor('--line'), width: 1 },
    ticks: { show: false },
  };
}

/**
 * The smallest distance between two marks in CSS pixels. Texts with seconds need more space than texts with minutes.
 * @param perMinute pixels for each minute
 */
function spaceOfMarks(perMinute: number): number {
  const halfMinute = perMinute / 2;
  const withSeconds = axisTextWidth('00:00:00'.length) + 16;
  if (halfMinute >= withSeconds) return withSeconds;
  // Marks at half minutes do not have enough space here. With this distance, uPlot uses only whole minutes or longer
  // times.
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

/**
 * The space at the right of a chart with a time axis, in CSS pixels. The text of a mark at the right end of the axis
 * needs half of its width there.
 */
export const spaceAtRight = (): number => Math.ceil(axisTextWidth('00:00'.length) / 2) + 2;
