import { describe, expect, it } from 'vitest';
import { marksAt } from '../../../../console/web/chart/draw.ts';
import { stretches } from '../../../../console/web/chart/stretches.ts';
import { timeLabels, timeText } from '../../../../console/web/chart/time-axis.ts';
import { withoutNeighbours } from '../../../../console/web/chart/without-neighbours.ts';
import { yRange } from '../../../../console/web/chart/y-range.ts';

describe('the value range of a graph', () => {
  it('has a margin above the highest value, even if all values are equal', () => {
    expect(yRange(0, 100, { min: 0 })).toEqual([0, 110]);
    expect(yRange(10, 10, { min: 0 })).toEqual([0, 11]);
    expect(yRange(0, 0, { min: 0 })).toEqual([0, 1]);
  });

  it('does not start below 0 if all values are above 0', () => {
    expect(yRange(0.2, 0.4, { min: 0, max: 1 })).toEqual([0, 1]);
    expect(yRange(1, 50, {})[0]).toBe(0);
    expect(yRange(-5, 5, {})[0]).toBeLessThan(-5);
  });

  it('includes a threshold if the highest value is near the threshold', () => {
    const thresholds = [{ value: 120, color: 'red' }];
    expect(yRange(0, 60, { min: 0, thresholds })[1]).toBeGreaterThan(120);
    expect(yRange(0, 1, { min: 0, thresholds })[1]).toBeLessThan(2);
  });

  const time = 1_795_672_201;

  it('has a margin of `leastMargin` if all values are equal', () => {
    expect(yRange(time, time, { leastMargin: 60 })).toEqual([time - 60, time + 60]);
  });

  it('has a margin of 10 % of the height of the curve', () => {
    expect(yRange(time, time + 6000, { leastMargin: 60 })).toEqual([time - 600, time + 6600]);
  });

  it('is the range between the limits of the panel if no value exists', () => {
    expect(yRange(null, null, { min: 0, max: 1 })).toEqual([0, 1]);
  });
});

it('neighbouring points with the same value become one bar of a state timeline', () => {
  expect(stretches([0, 10, 20, 30, 40, 50], [1, 1, 0, null, 0, 0], 10)).toEqual([
    { from: 0, to: 20, value: 1 },
    { from: 20, to: 30, value: 0 },
    { from: 40, to: 60, value: 0 },
  ]);
});

it('a value in a graph is drawn as a point only if it has no neighbours', () => {
  expect(withoutNeighbours([1, 2, 3, null, 4, null, 5, 6])).toEqual([4]);
  expect(withoutNeighbours([1, null, 1])).toEqual([0, 2]);
  expect(withoutNeighbours([null, null])).toEqual([]);
  expect(withoutNeighbours([7])).toEqual([0]);
});

it('the tooltip of a graph shows the text of each mark near the pointer', () => {
  const marks = [
    { at: 100, to: 200, text: 'long' },
    { at: 150, text: 'moment' },
    { at: 150, text: 'moment' },
  ];
  expect(marksAt(marks, 152, 5)).toEqual(['long', 'moment']);
  expect(marksAt(marks, 180, 5)).toEqual(['long']);
  expect(marksAt(marks, 300, 5)).toEqual([]);
});

it('a time axis shows the date at the start of a day', () => {
  const local = (text: string) => new Date(text).getTime() / 1000;
  const noon = local('2026-01-31T12:00:00');
  expect(timeLabels([noon, noon + 30], 30)).toEqual(['12:00:00', '12:00:30']);
  expect(timeLabels([noon, noon + 600], 600)).toEqual(['12:00', '12:10']);
  expect(timeLabels([local('2026-01-31T18:00:00'), local('2026-02-01T00:00:00')], 21_600)).toEqual([
    '18:00',
    '01 Feb',
  ]);
});

it('the text of a time includes the date only if the time is not today', () => {
  const local = (text: string) => new Date(text).getTime();
  const now = local('2026-01-31T12:00:00');
  expect(timeText(local('2026-01-31T09:05:30') / 1000, now)).toBe('09:05:30');
  expect(timeText(local('2025-01-31T09:05:30') / 1000, now)).toBe('31 Jan 09:05:30');
});
