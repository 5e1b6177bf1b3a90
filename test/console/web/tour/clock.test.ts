import { describe, expect, it } from 'vitest';
import { clockText, inAct, newClock, remaining, toggled } from '../../../../console/web/views/tour/clock.ts';

const acts = [
  { number: 1, minutes: 5 },
  { number: 2, minutes: 10 },
];
const minute = 60_000;

describe('the clock of the presentation', () => {
  it('shows the full planned duration until the clock starts', () => {
    expect(remaining(newClock, acts, 7 * minute)).toEqual({ act: 5 * minute, total: 15 * minute });
  });

  it('excludes the pauses from the time of each act', () => {
    const started = toggled(newClock, 0);
    const paused = toggled(started, minute);
    const again = toggled(paused, 10 * minute);
    const second = inAct(again, 2, 12 * minute);
    expect(remaining(second, acts, 13 * minute)).toEqual({ act: 9 * minute, total: 11 * minute });
    const back = inAct(second, 1, 13 * minute);
    expect(remaining(back, acts, 13 * minute)).toEqual({ act: 2 * minute, total: 11 * minute });
  });

  it('is not started by a change to another act', () => {
    const clock = inAct(newClock, 2, minute);
    expect(remaining(clock, acts, 9 * minute)).toEqual({ act: 10 * minute, total: 15 * minute });
  });

  it('has a negative remaining time after the planned time is over', () => {
    const started = toggled(newClock, 0);
    expect(remaining(started, acts, 6 * minute).act).toBe(-minute);
  });
});

describe('a remaining time on the clock of the presentation', () => {
  it.each([
    [5 * minute, '5:00'],
    [minute - 500, '1:00'],
    [9_001, '0:10'],
    [0, '0:00'],
    [-999, '0:00'],
    [-42_500, '+0:42'],
    [-61_000, '+1:01'],
  ])('of %i ms is shown as %s', (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });
});
