import { describe, expect, it } from 'vitest';
import { binaryStops, roundStops } from '../../../../console/web/views/faults/stops.ts';

describe('the values at which the slider of the message rate stops', () => {
  it('are the two ends of the range, and the numbers 1, 2, 5, 10, 20, 50, … between these ends', () => {
    expect(roundStops(1, 50)).toEqual([1, 2, 5, 10, 20, 50]);
    expect(roundStops(3, 25)).toEqual([3, 5, 10, 20, 25]);
  });
});

describe('the values at which the slider of the message size stops', () => {
  it('are the two ends of the range, and the powers of two between these ends', () => {
    expect(binaryStops(64, 1024)).toEqual([64, 128, 256, 512, 1024]);
    expect(binaryStops(60, 100)).toEqual([60, 64, 100]);
  });
});
