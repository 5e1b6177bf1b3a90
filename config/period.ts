/** @returns the cron schedule in UTC; undefined if cron cannot repeat the period, such as `7m` */
export function parsePeriod(text: string): string | undefined {
  const [, digits = '', unit] = /^([1-9]\d?)([mh])$/.exec(text) ?? [];
  const count = Number(digits);
  if (unit === 'm' && count < 60 && 60 % count === 0) return count === 1 ? '* * * * *' : `*/${count} * * * *`;
  if (unit !== 'h' || 24 % count !== 0) return undefined;
  if (count === 1) return '0 * * * *';
  return count === 24 ? '0 0 * * *' : `0 */${count} * * *`;
}

/**
 * Converts a period such as `10m` to a cron schedule in UTC.
 * @throws Error for an invalid period
 */
export function cronOf(period: string): string {
  const cron = parsePeriod(period);
  if (cron === undefined)
    throw new Error(
      `${period} is not a period; expected a number of minutes that divides 60 (at most 30m), or a number of hours that divides 24, such as 10m or 6h`,
    );
  return cron;
}

export const scheduledRun = { startingDeadlineSeconds: 120, activeDeadlineSeconds: 300 } as const;
