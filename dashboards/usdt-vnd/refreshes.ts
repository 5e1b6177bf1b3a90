import { recorded } from '../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import {
  constant,
  histogram,
  histogramQuantile,
  increase,
  max,
  or,
  range,
  rate,
  select,
  sum,
} from '../../metrics/promql.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, stateTimeline, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofExporter = { ...scope, job: jobs.usdtExporter } as const;
const { fetchErrors, up, fetchDuration } = usdtMetrics;

export const refreshHistory = () =>
  stateTimeline({
    title: 'Refreshes',
    description: 'Whether the last attempt had succeeded, over time.',
    unit: 'short',
    queries: [[max(select(up, ofExporter)), 'refresh']],
    texts: { 0: { text: 'failed', color: 'red' }, 1: { text: 'succeeded', color: 'green' } },
  });

export const errors = () =>
  timeseries({
    title: 'Failed refreshes',
    description: 'Requests that failed in the last window, by side and reason. Should be 0.',
    unit: 'short',
    queries: [
      [
        sum(increase(range(select(fetchErrors, ofExporter), rateInterval)), ['side', 'reason']),
        '{{side}} {{reason}}',
      ],
    ],
    min: 0,
  });

export const latency = () =>
  timeseries({
    title: 'Duration of requests to Binance',
    description: '95th percentile of the requests in the range shown, by side, whatever their outcome.',
    unit: 's',
    queries: [
      [
        histogramQuantile(
          0.95,
          sum(increase(range(select(histogram(fetchDuration, 'bucket'), ofExporter), '$__range')), [
            'side',
            'le',
          ]),
        ),
        '{{side}}',
      ],
    ],
    min: 0,
  });

export const refreshes = () =>
  timeseries({
    title: 'Requests to Binance',
    description: 'Requests a second, by side. More than one each ten minutes are attempts after failures.',
    unit: 'reqps',
    queries: [
      [
        sum(rate(range(select(histogram(fetchDuration, 'count'), ofExporter), rateInterval)), ['side']),
        '{{side}}',
      ],
    ],
    min: 0,
  });

export const exporterSlo = () =>
  timeseries({
    title: 'Exporter objective broken',
    description: '1 while the exporter does not answer or its last refresh failed. Allowed: 1 % of the time.',
    unit: 'short',
    queries: [[or(select(recorded.sloBad, { slo: 'exporter' }), constant(0)), 'broken']],
    thresholds: [[1, 'red']],
    min: 0,
    max: 1,
  });
