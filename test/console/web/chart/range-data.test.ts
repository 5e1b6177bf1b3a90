import { describe, expect, it } from 'vitest';
import { aligned } from '../../../../console/web/chart/range-data.ts';

const at = (...samples: [number, string][]) => ({ values: samples });

describe('the samples of several series', () => {
  it('are aligned to common times', () => {
    expect(aligned([at([1, '1'], [2, 'NaN'], [3, '3']), at([2, '20'], [4, '+Inf'])])).toEqual({
      times: [1, 2, 3, 4],
      values: [
        [1, null, 3, null],
        [null, 20, null, null],
      ],
    });
  });

  it('have a gap if no series has a sample for longer than a query step', () => {
    expect(aligned([at([10, '1'], [20, '2'], [60, '6'], [70, '7'])], 10)).toEqual({
      times: [10, 20, 30, 60, 70],
      values: [[1, 2, null, 6, 7]],
    });
  });

  it('are empty if no series exists', () => {
    expect(aligned([], 10)).toEqual({ times: [], values: [] });
  });
});
