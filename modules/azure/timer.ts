import { usdtRefresh } from '../../config/knobs.ts';
import { cronOf } from '../../config/period.ts';
import { seconds } from '../../metrics/duration.ts';

/** Azure schedule of a period. It has six fields, and the first field is for seconds. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

/**
 * Settings of the function app that runs the batch: the schedule, and the time between two runs in seconds. The app
 * reports this time in its metrics.
 */
export function batchSettings(period: string): Readonly<Record<string, string>> {
  return { TASK_SCHEDULE: timer(period), ETL_PERIOD_SECONDS: String(seconds(period)) };
}

/** Schedule of the USDT exporter. The alert on an old rate uses the same period. */
export const usdtTimer = timer(usdtRefresh.production);
