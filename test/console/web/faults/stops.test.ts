import { describe, expect, it } from 'vitest';
import { binaryStops, roundStops } from '../../../../console/web/views/faults/stops.ts';

describe('the stops of the rate slider', () => {
  it('are the minimum, the values 1, 2, 5, 10, 20, … in the range, and the maximum', () => {
    expect(roundStops(1, 50)).toEqual([1, 2, 5, 10, 20, 50]);
    expect(roundStops(3, 25)).toEqual([3, 5, 10, 20, 25]);
  });
});

describe('the stops of the size slider', () => {
  it('are the minimum, the powers of two in the range, and the maximum', () => {
    expect(binaryStops(64, 1024)).toEqual([64, 128, 256, 512, 1024]);
    expect(binaryStops(60, 100)).toEqual([60, 64, 100]);
  });
});
