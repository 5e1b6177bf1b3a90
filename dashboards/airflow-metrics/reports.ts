import { batchPusherMetrics } from '../../metrics/definitions/batch-pusher.ts';
import { pushGroupMetrics, pushgatewayMetrics } from '../../metrics/definitions/pushgateway.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import {
  constant,
  gt,
  histogram,
  histogramQuantile,
  increase,
  max,
  not,
  or,
  range,
  rate,
  select,
  sub,
  sum,
  time,
} from '../../metrics/promql.ts';
import { budgetOf, pushObjective } from '../../rules/slo.ts';
import { percent } from '../../rules/threshold.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofPusher = { ...scope, job: jobs.batchPusher } as const;
const ofGateway = { ...scope, job: jobs.pushgateway } as const;

export const lastPush = () =>
  timeseries({
    title: 'Age of the last push',
    description:
      'Age of the last push to each group. The Pushgateway shows old values as if they were new. The panel leaves out a group that never stored a push.',
    unit: 's',
    queries: [
      [
        max(sub(time(), gt(select(pushGroupMetrics.lastPush, { ...scope, job: not('') }), 0)), [
          'job',
          'dag_id',
        ]),
        '{{job}} {{dag_id}}',
      ],
    ],
    min: 0,
  });

export const pushes = () =>
  timeseries({
    title: 'Pushes by outcome',
    description:
      'Reports that the batch-pusher sent to the Pushgateway, after all retries. All outcomes except “pushed” should be 0.',
    unit: 'short',
    queries: [
      [
        sum(increase(range(select(batchPusherMetrics.pushes, ofPusher), rateInterval)), ['outcome']),
        '{{outcome}}',
      ],
    ],
    min: 0,
  });

export const pushDuration = () =>
  timeseries({
    title: 'Duration of pushes',
    description:
      'Median and 99th percentile of the pushes in the time range of the dashboard, including retries.',
    unit: 's',
    queries: ([0.5, 0.99] as const).map(
      (quantile) =>
        [
          histogramQuantile(
            quantile,
            sum(
              increase(
                range(select(histogram(batchPusherMetrics.pushDuration, 'bucket'), ofPusher), '$__range'),
              ),
              ['le'],
            ),
          ),
          `p${quantile * 100}`,
        ] as const,
    ),
    min: 0,
  });

export const refusals = () =>
  timeseries({
    title: 'Requests refused by the batch-pusher',
    description: 'Requests that the batch-pusher refused before any push, by reason.',
    unit: 'reqps',
    queries: [
      [
        sum(rate(range(select(batchPusherMetrics.refused, ofPusher), rateInterval)), ['reason']),
        '{{reason}}',
      ],
    ],
    min: 0,
  });

export const gatewayRequests = () =>
  timeseries({
    title: 'Requests to the Pushgateway',
    description:
      'HTTP requests by handler and status. Status 400 is a push that contradicts the stored metrics.',
    unit: 'reqps',
    queries: [
      [
        sum(rate(range(select(pushgatewayMetrics.requests, ofGateway), rateInterval)), [
          'handler',
          'method',
          'code',
        ]),
        '{{method}} {{handler}} {{code}}',
      ],
    ],
    min: 0,
  });

export const pushSlo = () =>
  timeseries({
    title: 'Push objective broken',
    description: `1 while the Pushgateway does not answer or refused a recent report. Allowed: ${percent(budgetOf(pushObjective))} of the time.`,
    unit: 'short',
    queries: [[or(select(recorded.sloBad, { slo: pushObjective.name }), constant(0)), 'broken']],
    thresholds: [[1, 'red']],
    min: 0,
    max: 1,
  });
