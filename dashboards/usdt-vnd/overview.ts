import { usdtRefresh } from '../../config/knobs.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { inWords as durationText, seconds } from '../../metrics/duration.ts';
import { max, maxOverTime, minOverTime, range, select, sub, time } from '../../metrics/promql.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { usdtThresholds } from '../../rules/usdt.ts';
import { jobs } from '../../sources/index.ts';
import { stat, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofExporter = { ...scope, job: jobs.usdtExporter } as const;
const vnd = 'suffix: VND';
const { rate: price, lastUpdate, up, medianPrice } = usdtMetrics;
const now = max(select(price, ofExporter));

export const rateNow = () =>
  stat({
    title: 'USDT/VND',
    description: 'Median price of the first page of offers to a buyer of USDT on Binance P2P.',
    unit: vnd,
    queries: [[now, 'rate']],
    decimals: 0,
  });

export const rateAge = ({ drawn, inWords }: ThresholdReader) =>
  stat({
    title: 'Age of the rate',
    description: `Time since the last good refresh. A refresh is due every ${durationText(usdtRefresh.production)}. Above ${inWords(usdtThresholds.stale)}, UsdtRateStale fires.`,
    unit: 's',
    queries: [[sub(time(), max(select(lastUpdate, ofExporter))), 'age']],
    thresholds: [
      [2 * seconds(usdtRefresh.production), 'yellow'],
      [drawn(usdtThresholds.stale), 'red'],
    ],
    decimals: 0,
  });

export const refreshState = () =>
  stat({
    title: 'Last refresh',
    description: 'Whether the last attempt to read the rate succeeded.',
    unit: 'short',
    queries: [[max(select(up, ofExporter)), 'refresh']],
    texts: { 0: { text: 'failed', color: 'red' }, 1: { text: 'succeeded', color: 'green' } },
  });

export const volatility = () =>
  stat({
    title: 'Volatility, last hour',
    description: 'Standard deviation of the rate as a share of its mean.',
    unit: 'percentunit',
    queries: [[max(select(recorded.volatility, { job: jobs.usdtExporter })), 'volatility']],
    decimals: 2,
  });

export const margin = () =>
  stat({
    title: 'Buy minus sell',
    description:
      'Cost of buying and selling again: the median of the buy side minus the median of the sell side.',
    unit: vnd,
    queries: [
      [
        sub(
          max(select(medianPrice, { ...ofExporter, side: 'buy' })),
          max(select(medianPrice, { ...ofExporter, side: 'sell' })),
        ),
        'margin',
      ],
    ],
    decimals: 0,
  });

export const rateOverTime = () =>
  timeseries({
    title: 'USDT/VND',
    description: 'The rate, with its highest and lowest value of the last hour.',
    unit: vnd,
    queries: [
      [now, 'rate'],
      [max(maxOverTime(range(select(price, ofExporter), '1h'))), 'highest of the hour'],
      [max(minOverTime(range(select(price, ofExporter), '1h'))), 'lowest of the hour'],
    ],
    decimals: 0,
    span: 24,
  });
