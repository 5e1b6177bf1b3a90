import { describe, expect, it } from 'vitest';
import { binaryStops, roundStops } from '../../../../console/web/views/faults/stops.ts';

describe('the stops of a slider', () => {
  it('can be round numbers and both ends of the range', () => {
    expect(roundStops(1, 50)).toEqual([1, 2, 5, 10, 20, 50]);
    expect(roundStops(3, 25)).toEqual([3, 5, 10, 20, 25]);
  });

  it('can be powers of two and both ends of the range', () => {
    expect(binaryStops(64, 1024)).toEqual([64, 128, 256, 512, 1024]);
    expect(binaryStops(60, 100)).toEqual([60, 64, 100]);
  });
});
