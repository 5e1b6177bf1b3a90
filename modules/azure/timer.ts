import { usdtRefresh } from '../../config/knobs.ts';
import { cronOf } from '../../config/period.ts';
import { seconds } from '../../metrics/duration.ts';

/** A schedule of Azure has six fields. The first field is for seconds. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

export function batchSettings(period: string | undefined): Readonly<Record<string, string>> {
  if (period === undefined) return { TASK_SCHEDULE: 'off' };
  return { TASK_SCHEDULE: timer(period), ETL_PERIOD_SECONDS: String(seconds(period)) };
}

export const usdtTimer = timer(usdtRefresh.production);
