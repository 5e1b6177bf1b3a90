import { cronOf } from '../../config/period.ts';
import { cadence } from '../../metrics/cadence.ts';

/** A schedule as Azure's timers read it: six fields, the seconds first. */
export function timer(period: string): string {
  return `0 ${cronOf(period)}`;
}

/** When the USDT exporter pushes: as often as the alerts on an old rate expect it. */
export const usdtTimer = timer(cadence.usdtRefresh.production);
