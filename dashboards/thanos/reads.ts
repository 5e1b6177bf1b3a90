import { thanosHttpMetrics, thanosQueryMetrics } from '../../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../../metrics/definitions/thanos-connections.ts';
import { histogram, histogramQuantile, matching, range, rate, select, sum } from '../../metrics/promql.ts';
import { ingesterJobs } from '../../rules/selectors.ts';
import { thanosThresholds } from '../../rules/thanos.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const querier = { ...scope, job: jobs.thanosQuery } as const;
const ofQueries = { ...querier, handler: matching('query|query_range') } as const;
const { quickQueries, slowQuery } = thanosThresholds;

const quantile = (value: number) =>
  histogramQuantile(
    value,
    sum(
      rate(
        range(
          select(histogram(thanosQueryMetrics.duration, 'bucket'), { ...querier, handler: 'query' }),
          rateInterval,
        ),
      ),
      ['le'],
    ),
  );

export const queryDuration = ({ drawn, inWords }: ThresholdReader) =>
  timeseries({
    title: 'Duration of instant queries',
    description: `Rules are instant queries too. If fewer than ${inWords(quickQueries)} of the queries end within ${inWords(slowQuery)}, ThanosQueriesSlow fires.`,
    unit: 's',
    queries: [
      [quantile(0.5), 'median'],
      [quantile(drawn(quickQueries)), inWords(quickQueries)],
    ],
    thresholds: [[drawn(slowQuery), 'red']],
    min: 0,
  });

export const queries = () =>
  timeseries({
    title: 'Queries per second',
    description:
      'Queries of dashboards and rulers, by status. 200 is an answer; 400 is a query with a mistake.',
    unit: 'reqps',
    queries: [
      [sum(rate(range(select(thanosHttpMetrics.requests, ofQueries), rateInterval)), ['code']), '{{code}}'],
    ],
    min: 0,
  });

export const stores = () =>
  timeseries({
    title: 'Stores of the queriers',
    description:
      'Ingesters, rulers and store gateways that each querier reads, by kind. A missing ingester lowers the number for the kind receive.',
    unit: 'short',
    queries: [
      [
        sum(select(thanosQueryMetrics.stores, querier), ['instance', 'store_type']),
        '{{instance}} {{store_type}}',
      ],
    ],
    min: 0,
  });

export const readsByIngester = () =>
  timeseries({
    title: 'Reads by ingester, per second',
    description: 'Calls with which the queriers read samples. Every query reads every ingester.',
    unit: 'reqps',
    queries: [
      [
        sum(
          rate(
            range(
              select(thanosConnectionMetrics.grpcHandled, {
                ...scope,
                job: ingesterJobs,
                grpc_method: 'Series',
              }),
              rateInterval,
            ),
          ),
          ['instance', 'grpc_code'],
        ),
        '{{instance}} {{grpc_code}}',
      ],
    ],
    min: 0,
  });
