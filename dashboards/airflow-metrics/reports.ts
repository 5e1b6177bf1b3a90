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
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofPusher = { ...scope, job: jobs.batchPusher } as const;
const ofGateway = { ...scope, job: jobs.pushgateway } as const;

export const lastPush = () =>
  timeseries({
    title: 'Age of the last push',
    description:
      'How long ago each group was pushed. The Pushgateway shows old values as if they were new. A group that never stored a push is left out.',
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
      'Reports that the batch-pusher handed to the Pushgateway, after all retries. All but “pushed” should be 0.',
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
    description: 'Median and 99th percentile of the pushes in the range shown, retries included.',
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
    description: 'Requests turned away before anything was pushed, by reason.',
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
    description: 'HTTP requests by handler and status; 400 is a push that does not fit with what is stored.',
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
    description:
      '1 while the Pushgateway does not answer or a report was turned away of late. Allowed: 1 % of the time.',
    unit: 'short',
    queries: [[or(select(recorded.sloBad, { slo: 'push' }), constant(0)), 'broken']],
    thresholds: [[1, 'red']],
    min: 0,
    max: 1,
  });
