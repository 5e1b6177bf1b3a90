import { usdtRefresh } from '../../config/knobs.ts';
import { cronOf } from '../../config/period.ts';
import { seconds } from '../../metrics/duration.ts';

/** Converts a period into a schedule of an Azure timer, which has six fields and starts with the seconds. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

/** Settings of an app that runs the batch: the schedule of the runs, and the same period in seconds for the reports. */
export function batchSettings(period: string): Readonly<Record<string, string>> {
  return { TASK_SCHEDULE: timer(period), ETL_PERIOD_SECONDS: String(seconds(period)) };
}

/** Schedule of the USDT exporter's pushes. The alert on an old rate uses the same period. */
export const usdtTimer = timer(usdtRefresh.production);
