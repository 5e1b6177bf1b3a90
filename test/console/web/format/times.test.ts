import { expect, it } from 'vitest';
import { countdown, duration } from '../../../../console/web/format/times.ts';

it.each([
  [0, '0 s'],
  [-0.2, '0.0 s'],
  [4, '4 s'],
  [4.25, '4.3 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [90, '1 min 30 s'],
  [130, '2 min 10 s'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
  [11_100, '3 h 5 min'],
  [250_000, '2 days'],
])('a duration of %d seconds is written as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it.each([
  [0, '0:00'],
  [-3, '0:00'],
  [4.2, '0:05'],
  [59.1, '1:00'],
  [125, '2:05'],
  [3600, '60:00'],
])('a countdown with %f seconds left is written as %s', (seconds, text) => {
  expect(countdown(seconds)).toBe(text);
});
