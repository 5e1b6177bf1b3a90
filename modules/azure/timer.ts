import { usdtRefresh } from '../../config/knobs.ts';
import { cronOf } from '../../config/period.ts';
import { seconds } from '../../metrics/duration.ts';

/** A schedule of Azure has six fields. The first field is for seconds. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

/**
 * Settings of the function app that runs the batch every `period`. The app pushes `ETL_PERIOD_SECONDS` as a metric for
 * an alert.
 * @param period undefined: the app has no timer, because another scheduler runs the batch
 */
export function batchSettings(period: string | undefined): Readonly<Record<string, string>> {
  if (period === undefined) return { TASK_SCHEDULE: 'off' };
  return { TASK_SCHEDULE: timer(period), ETL_PERIOD_SECONDS: String(seconds(period)) };
}

export const usdtTimer = timer(usdtRefresh.production);
