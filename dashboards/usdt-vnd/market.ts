import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { deriv, div, max, mul, range, select } from '../../metrics/promql.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { usdtThresholds } from '../../rules/usdt.ts';
import { jobs } from '../../sources/index.ts';
import { timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofExporter = { ...scope, job: jobs.usdtExporter } as const;
const vnd = 'suffix: VND';
const { rate: price, offers, bestPrice, medianPrice, spread } = usdtMetrics;

export const prices = () =>
  timeseries({
    title: 'Prices by side',
    description: 'Median and best price of the offers to buyers and to sellers.',
    unit: vnd,
    queries: [
      [max(select(medianPrice, ofExporter), ['side']), '{{side}} median'],
      [max(select(bestPrice, ofExporter), ['side']), '{{side}} best'],
    ],
    decimals: 0,
  });

export const spreads = () =>
  timeseries({
    title: 'Spread of the page',
    description: 'Highest minus lowest price of the offers on the page, by side.',
    unit: vnd,
    queries: [[max(select(spread, ofExporter), ['side']), '{{side}}']],
    decimals: 0,
    min: 0,
  });

export const relativeSpread = () =>
  timeseries({
    title: 'Spread by price',
    description: 'Spread of the page as a share of its median.',
    unit: 'percentunit',
    queries: [[max(div(select(spread, ofExporter), select(medianPrice, ofExporter)), ['side']), '{{side}}']],
    min: 0,
  });

export const offersSeen = ({ inWords }: ThresholdReader) =>
  timeseries({
    title: 'Plausible offers',
    description: `Offers from which the median is computed. With fewer than ${inWords(usdtThresholds.fewestOffers)}, a single merchant can move the median.`,
    unit: 'short',
    queries: [[max(select(offers, ofExporter), ['side']), '{{side}}']],
    min: 0,
  });

export const trend = () =>
  timeseries({
    title: 'Trend',
    description: 'How fast the rate moves, in VND an hour, over the last hour.',
    unit: vnd,
    queries: [[max(mul(3600, deriv(range(select(price, ofExporter), '1h')))), 'per hour']],
    decimals: 0,
  });
