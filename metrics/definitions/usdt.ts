import { defineMetrics } from '../definition.ts';

/** Why a refresh failed; each reason is exposed from the start, at 0, so that its first error is an increase. */
export const fetchErrorReasons = [
  'timeout',
  'network',
  'http_status',
  'rate_limited',
  'too_large',
  'malformed',
  'no_offers',
  'implausible',
] as const;

export type FetchErrorReason = (typeof fetchErrorReasons)[number];

export const usdtMetrics = defineMetrics({
  rate: {
    name: 'usdt_vnd_rate',
    type: 'gauge',
    unit: 'VND per USDT',
    help: 'Median price of the first page of BUY offers on Binance P2P, in VND per USDT.',
    labels: [],
  },
  lastUpdate: {
    name: 'usdt_vnd_last_update',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last successful refresh, in seconds.',
    labels: [],
  },
  fetchErrors: {
    name: 'usdt_vnd_fetch_errors_total',
    type: 'counter',
    unit: 'errors',
    help: 'Refreshes that failed, by reason.',
    labels: ['reason'],
  },
});
