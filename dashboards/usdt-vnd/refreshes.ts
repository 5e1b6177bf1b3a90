import { usdtRefresh } from '../../config/knobs.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { inWords } from '../../metrics/duration.ts';
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
import { budgetOf, exporterObjective } from '../../rules/slo.ts';
import { percent } from '../../rules/threshold.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, stateTimeline, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofExporter = { ...scope, job: jobs.usdtExporter } as const;
const { fetchErrors, up, fetchDuration } = usdtMetrics;

export const refreshHistory = () =>
  stateTimeline({
    title: 'Refreshes',
    description: 'Whether the last attempt succeeded, over time.',
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
    description:
      '95th percentile of the requests in the time range of the dashboard, by side, good and failed.',
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
    description: `Requests a second, by side. A side needs one request every ${inWords(usdtRefresh.production)}; more requests are retries after failures.`,
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
    description: `1 while the exporter does not answer or its last refresh failed. Allowed: ${percent(budgetOf(exporterObjective))} of the time.`,
    unit: 'short',
    queries: [[or(select(recorded.sloBad, { slo: exporterObjective.name }), constant(0)), 'broken']],
    thresholds: [[1, 'red']],
    min: 0,
    max: 1,
  });
