import { describe, expect, it } from 'vitest';
import { binaryStops, countdown, duration, roundStops } from '../../../console/web/views/faults/times.ts';

describe('the times of the Faults view', () => {
  it.each([
    [0, '0:00'],
    [-3, '0:00'],
    [4.2, '0:05'],
    [59.1, '1:00'],
    [125, '2:05'],
    [3600, '60:00'],
  ])('count %f s down as %s', (seconds, text) => expect(countdown(seconds)).toBe(text));

  it.each([
    [30, '30 s'],
    [90, '90 s'],
    [60, '1 min'],
    [1800, '30 min'],
    [3600, '1 h'],
    [5400, '90 min'],
  ])('write %i s as %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('the stops of a slider', () => {
  it('are round numbers and both ends', () => {
    expect(roundStops(1, 50)).toEqual([1, 2, 5, 10, 20, 50]);
    expect(roundStops(3, 25)).toEqual([3, 5, 10, 20, 25]);
  });

  it('are powers of two and both ends', () => {
    expect(binaryStops(64, 1024)).toEqual([64, 128, 256, 512, 1024]);
    expect(binaryStops(60, 100)).toEqual([60, 64, 100]);
  });
});
