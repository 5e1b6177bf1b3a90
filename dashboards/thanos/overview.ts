import { targetMetrics } from '../../metrics/definitions/target.ts';
import {
  thanosHeadMetrics,
  thanosHttpMetrics,
  thanosReceiveMetrics,
} from '../../metrics/definitions/thanos.ts';
import {
  constant,
  count,
  eq,
  histogram,
  matching,
  max,
  or,
  range,
  rate,
  select,
  sub,
  sum,
} from '../../metrics/promql.ts';
import { ingesterJobs, routerJobs, thanosJobs } from '../../rules/selectors.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, stat } from '../panel.ts';
import { scope } from '../variables.ts';

const routers = { ...scope, job: routerJobs } as const;
const ingesters = { ...scope, job: ingesterJobs } as const;
const { writeSamples, hashringNodes } = thanosReceiveMetrics;

export const membersDown = () =>
  stat({
    title: 'Members down',
    description: 'Programs of Thanos whose last scrape failed.',
    unit: 'short',
    queries: [
      [or(count(eq(select(targetMetrics.up, { ...scope, job: thanosJobs }), 0)), constant(0)), 'down'],
    ],
    thresholds: [[1, 'red']],
  });

export const ingestersMissing = () =>
  stat({
    title: 'Ingesters missing',
    description:
      'Ingesters of the hashring that do not answer. One missing ingester of three loses no sample.',
    unit: 'short',
    queries: [
      [sub(max(select(hashringNodes, routers)), sum(select(targetMetrics.up, ingesters))), 'missing'],
    ],
    thresholds: [[1, 'red']],
  });

export const samplesAccepted = () =>
  stat({
    title: 'Samples accepted',
    description: 'Samples a second that the routers store; each copy counts again at the ingesters.',
    unit: 'short',
    queries: [
      [
        sum(rate(range(select(histogram(writeSamples, 'sum'), { ...routers, code: '200' }), rateInterval))),
        'samples',
      ],
    ],
    decimals: 0,
  });

export const copies = () =>
  stat({
    title: 'Series, all copies',
    description: 'Series in the memory of all ingesters together. Each copy of a series counts.',
    unit: 'short',
    queries: [[sum(select(thanosHeadMetrics.headSeries, ingesters)), 'series']],
  });

export const queryRate = () =>
  stat({
    title: 'Queries',
    description: 'Queries a second of dashboards and rulers.',
    unit: 'reqps',
    queries: [
      [
        sum(
          rate(
            range(
              select(thanosHttpMetrics.requests, {
                ...scope,
                job: jobs.thanosQuery,
                handler: matching('query|query_range'),
              }),
              rateInterval,
            ),
          ),
        ),
        'queries',
      ],
    ],
    decimals: 1,
  });
