import { describe, expect, it } from 'vitest';
import { cronOf, parsePeriod } from '../../config/period.ts';

describe('a period', () => {
  it.each([
    ['1m', '* * * * *'],
    ['10m', '*/10 * * * *'],
    ['1h', '0 * * * *'],
    ['6h', '0 */6 * * *'],
    ['24h', '0 0 * * *'],
  ])('%s is said by cron as %s', (period, cron) => {
    expect(cronOf(period)).toBe(cron);
  });

  it.each(['', '0m', '7m', '60m', '90m', '5h', '48h', '010m', '10', '10 m', '1d', '*/10 * * * *', '1h30m'])(
    '%j is none, for cron could not keep it even',
    (text) => {
      expect(parsePeriod(text)).toBeUndefined();
      expect(() => cronOf(text)).toThrow('is no period such as 10m or 6h');
    },
  );
});
