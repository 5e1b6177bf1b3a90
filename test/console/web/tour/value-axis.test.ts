import { describe, expect, it } from 'vitest';
import { yRange } from '../../../../console/web/chart/y-range.ts';
import { axisOf } from '../../../../console/web/views/tour/value-axis.ts';

describe('the value axis in the Tour', () => {
  it('has two or three marks if all values are the same Unix time', () => {
    const { leastMargin, increments = [] } = axisOf('unix');
    const [low, high] = yRange(1_800_000_000, 1_800_000_000, { leastMargin });
    const [smallest = 1] = increments;
    const marks = Math.floor(high / smallest) - Math.ceil(low / smallest) + 1;
    expect(marks).toBeGreaterThanOrEqual(2);
    expect(marks).toBeLessThanOrEqual(3);
  });

  it('can have marks 10 s apart if the values are durations', () => {
    expect(axisOf('s').increments).toContain(10);
    expect(axisOf('mps')).toEqual({});
    expect(axisOf(undefined)).toEqual({});
  });
});
