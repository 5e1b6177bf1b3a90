import { defineMetrics } from '../definition.ts';
import { exchangeFailures } from './exchange.ts';

/** Reasons why a refresh failed. */
export const fetchErrorReasons = [...exchangeFailures, 'refused', 'no_offers', 'implausible'] as const;

export type FetchErrorReason = (typeof fetchErrorReasons)[number];

/** Reasons to ignore an offer. `unreadable`: the offer has no price, or a field has a wrong type. */
export const discardReasons = [
  'unreadable',
  'other_market',
  'not_a_number',
  'not_positive',
  'outlier',
] as const;

export type DiscardReason = (typeof discardReasons)[number];

/** Sides of the market, named from the view of the user. On the side `buy`, the user buys USDT. */
export const marketSides = ['buy', 'sell'] as const;

export type MarketSide = (typeof marketSides)[number];

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
    help: 'Failed refreshes of the exchange rate, by side of the market (buy or sell) and by reason.',
    labels: ['side', 'reason'],
  },
  up: {
    name: 'usdt_vnd_up',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the last refresh of the exchange rate succeeded. 0 if the last refresh failed, or if no refresh has succeeded yet.',
    labels: [],
  },
  fetchDuration: {
    name: 'usdt_vnd_fetch_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Time that a request to Binance P2P took, successful or failed, in seconds.',
    labels: ['side'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  offers: {
    name: 'usdt_vnd_offers',
    type: 'gauge',
    unit: 'offers',
    help: 'Plausible offers in the last answer of Binance P2P, by side of the market.',
    labels: ['side'],
  },
  discarded: {
    name: 'usdt_vnd_offers_discarded_total',
    type: 'counter',
    unit: 'offers',
    help: 'Offers that the exporter discarded, by side of the market and reason.',
    labels: ['side', 'reason'],
  },
  bestPrice: {
    name: 'usdt_vnd_best_price',
    type: 'gauge',
    unit: 'VND per USDT',
    help: 'Best price in the last answer of Binance P2P: the lowest of the buy side, the highest of the sell side, in VND per USDT.',
    labels: ['side'],
  },
  medianPrice: {
    name: 'usdt_vnd_median_price',
    type: 'gauge',
    unit: 'VND per USDT',
    help: 'Median price in the last answer of Binance P2P, by side of the market, in VND per USDT.',
    labels: ['side'],
  },
  spread: {
    name: 'usdt_vnd_spread',
    type: 'gauge',
    unit: 'VND per USDT',
    help: 'Highest price minus lowest price in the last answer of Binance P2P, by side of the market, in VND per USDT.',
    labels: ['side'],
  },
  buildInfo: {
    name: 'usdt_exporter_build_info',
    type: 'gauge',
    unit: 'info',
    help: 'Always 1. The labels show the version that runs.',
    labels: ['version', 'revision', 'runtime'],
  },
});
