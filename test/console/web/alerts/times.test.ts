import { expect, it } from 'vitest';
import { duration } from '../../../../console/web/views/alerts/times.ts';

it.each([
  [0, '0 s'],
  [-0.2, '0.0 s'],
  [4, '4 s'],
  [4.25, '4.3 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [130, '2 min 10 s'],
  [3600, '1 h'],
  [11_100, '3 h 5 min'],
  [250_000, '2 days'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
