import { usdtRefresh } from '../../config/knobs.ts';
import { cronOf } from '../../config/period.ts';
import { seconds } from '../../metrics/duration.ts';

/** A schedule in the format of Azure's timers: six fields, starting with the seconds. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

/** Settings of an app that runs the batch: its schedule, and the same interval as a value of its reports. */
export function batchSettings(period: string): Readonly<Record<string, string>> {
  return { TASK_SCHEDULE: timer(period), ETL_PERIOD_SECONDS: String(seconds(period)) };
}

/** Schedule of the USDT exporter's pushes; the alert on an old rate expects the same interval. */
export const usdtTimer = timer(usdtRefresh.production);
