import { describe, expect, it } from 'vitest';
import { cronOf, parsePeriod } from '../../config/period.ts';

describe('an interval', () => {
  it.each([
    ['1m', '* * * * *'],
    ['10m', '*/10 * * * *'],
    ['1h', '0 * * * *'],
    ['6h', '0 */6 * * *'],
    ['24h', '0 0 * * *'],
  ])('of %s becomes the cron schedule `%s`', (period, cron) => {
    expect(cronOf(period)).toBe(cron);
  });

  it.each(['', '0m', '7m', '60m', '90m', '5h', '48h', '010m', '10', '10 m', '1d', '*/10 * * * *', '1h30m'])(
    'written as %j is refused with an error that states the valid intervals',
    (text) => {
      expect(parsePeriod(text)).toBeUndefined();
      expect(() => cronOf(text)).toThrow(
        'is not a period; expected a number of minutes that divides 60 (at most 30m), or a number of hours that divides 24, such as 10m or 6h',
      );
    },
  );
});
