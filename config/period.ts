/**
 * How often something is repeated: minutes that divide an hour or hours that divide a day, `10m` or `6h`, which cron can
 * say evenly and Prometheus reads as a duration.
 *
 * @returns the five fields of cron, in UTC; undefined for any other text
 */
export function parsePeriod(text: string): string | undefined {
  const [, digits = '', unit] = /^([1-9]\d?)([mh])$/.exec(text) ?? [];
  const count = Number(digits);
  if (unit === 'm' && count < 60 && 60 % count === 0) return count === 1 ? '* * * * *' : `*/${count} * * * *`;
  if (unit !== 'h' || 24 % count !== 0) return undefined;
  if (count === 1) return '0 * * * *';
  return count === 24 ? '0 0 * * *' : `0 */${count} * * *`;
}

/** @throws if the text is no period, which the field's own check has excluded in an environment */
export function cronOf(period: string): string {
  const cron = parsePeriod(period);
  if (cron === undefined) throw new Error(`${period} is no period such as 10m or 6h`);
  return cron;
}

/** Limits of a run of the batch by a CronJob, in seconds, by the names of the CronJob's fields. */
export const scheduledRun = { startingDeadlineSeconds: 120, activeDeadlineSeconds: 300 } as const;
