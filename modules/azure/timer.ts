import { usdtRefresh } from '../../config/knobs.ts';
import { cronOf } from '../../config/period.ts';
import { seconds } from '../../metrics/duration.ts';

/** A schedule as Azure's timers read it: six fields, the seconds first. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

/** Settings of an app that runs the batch: when it runs, and the same period as its reports carry it. */
export function batchSettings(period: string): Readonly<Record<string, string>> {
  return { TASK_SCHEDULE: timer(period), ETL_PERIOD_SECONDS: String(seconds(period)) };
}

/** When the USDT exporter pushes: as often as the alerts on an old rate expect it. */
export const usdtTimer = timer(usdtRefresh.production);
