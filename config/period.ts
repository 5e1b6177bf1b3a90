/**
 * Converts a period such as `10m` or `6h` to a cron schedule in UTC.
 * @returns the schedule, if the minutes divide an hour or the hours divide a day. Otherwise undefined, because cron
 * cannot repeat a run in such a period.
 */
export function parsePeriod(text: string): string | undefined {
  const [, digits = '', unit] = /^([1-9]\d?)([mh])$/.exec(text) ?? [];
  const count = Number(digits);
  if (unit === 'm' && count < 60 && 60 % count === 0) return count === 1 ? '* * * * *' : `*/${count} * * * *`;
  if (unit !== 'h' || 24 % count !== 0) return undefined;
  if (count === 1) return '0 * * * *';
  return count === 24 ? '0 0 * * *' : `0 */${count} * * *`;
}

/**
 * Returns the cron schedule, in UTC, that starts a run once in each period, such as `10m`.
 * @throws Error if the text is not a period
 */
export function cronOf(period: string): string {
  const cron = parsePeriod(period);
  if (cron === undefined)
    throw new Error(
      `${period} is not a period; expected minutes that divide an hour or hours that divide a day, such as 10m or 6h`,
    );
  return cron;
}

export const scheduledRun = { startingDeadlineSeconds: 120, activeDeadlineSeconds: 300 } as const;
