import { describe, expect, it } from 'vitest';
import { aligned } from '../../../../console/web/chart/range-data.ts';

const at = (...samples: [number, string][]) => ({ values: samples });

describe('the samples of several series', () => {
  it('are aligned to the times of the queried range', () => {
    const series = [at([1, '1'], [2, 'NaN'], [3, '3']), at([2, '20'], [4, '+Inf'])];
    expect(aligned(series, { from: 1, to: 4, step: 1 })).toEqual({
      times: [1, 2, 3, 4],
      values: [
        [1, null, 3, null],
        [null, 20, null, null],
      ],
    });
  });

  it('have a gap at each query step without a sample', () => {
    const series = [at([20, '2'], [50, '5'], [60, '6'])];
    expect(aligned(series, { from: 10, to: 70, step: 10 })).toEqual({
      times: [10, 20, 30, 40, 50, 60, 70],
      values: [[null, 2, null, null, 5, 6, null]],
    });
  });

  it('are at the correct query steps if the query step is a fraction of a second', () => {
    expect(aligned([at([0.3, '1'], [0.4, '2'])], { from: 0.1, to: 0.45, step: 0.1 }).values).toEqual([
      [null, null, 1, 2],
    ]);
  });

  it('are empty if no series exists', () => {
    expect(aligned([], { from: 10, to: 20, step: 10 })).toEqual({ times: [10, 20], values: [] });
  });
});
