/**
 * Converts the time between two runs into a cron schedule. The time, such as `10m` or `6h`, must divide an hour or a
 * day, because cron cannot express other times.
 * @returns the cron schedule in UTC; undefined for any other text
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
 * The cron schedule of a period, in UTC.
 * @throws Error if the text is not a period; the schema of an environment already rejects such a text
 */
export function cronOf(period: string): string {
  const cron = parsePeriod(period);
  if (cron === undefined)
    throw new Error(`${period} is not an interval; expected minutes or hours, such as 10m or 6h`);
  return cron;
}

/** Time limits for each run of the batch CronJob, in seconds. The keys are fields of a CronJob. */
export const scheduledRun = { startingDeadlineSeconds: 120, activeDeadlineSeconds: 300 } as const;
