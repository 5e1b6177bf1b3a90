import { targetMetrics } from '../metrics/definitions/target.ts';
import {
  thanosHeadMetrics,
  thanosHttpMetrics,
  thanosQueryMetrics,
  thanosReceiveMetrics,
} from '../metrics/definitions/thanos.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  absentOverTime,
  add,
  and,
  constant,
  div,
  eq,
  gt,
  histogram,
  histogramQuantile,
  increase,
  matching,
  max,
  min,
  mul,
  offset,
  or,
  range,
  rate,
  select,
  sub,
  sum,
  unless,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { ruleGroup } from './rule.ts';
import { ingesterJobs, routerJobs, thanosJobs } from './selectors.ts';
import { text } from './text.ts';
import { rulerAlerts } from './thanos-rulers.ts';
import { duration, limit, ratio, times } from './threshold.ts';

const { up } = targetMetrics;
const { writeSamples, forwards, replicationFactor, hashringHash, hashringNodes, hashringLoaded } =
  thanosReceiveMetrics;

const window = lookback('5m');
const quarter = lookback('15m');
/** Longest permitted time without a sample. A restart of the central Prometheus takes less time. */
const silence = lookback('3m');
const routers = { job: routerJobs } as const;
const ingesters = { job: ingesterJobs } as const;
const querier = { job: jobs.thanosQuery } as const;
const perInstance = ['instance'] as const;

export const thanosThresholds = {
  failedWrites: ratio(0.05, 0.001, 0.9),
  failedCopies: ratio(0.05, 0.001, 0.9),
  /** Ratio of actual to planned series in an ingester. An ingester runs out of memory at about 1.7. */
  abovePlan: times(1.1, 1, 1.6),
  failedQueries: ratio(0.05, 0.001, 0.9),
  /** Share of instant queries that end within `slowQuery`. */
  quickQueries: ratio(0.99, 0.5, 0.9999),
  /** An instant query is slow if the query takes longer than this duration. */
  slowQuery: duration({ production: '10s', laptop: '10s' }, '1s', '2m'),
} as const;

const { failedWrites, failedCopies, abovePlan, failedQueries, quickQueries, slowQuery } = thanosThresholds;

const missingIngesters = sub(
  max(select(hashringNodes, routers)),
  or(sum(select(up, ingesters)), constant(0)),
);
/** Number of missing ingesters after one more failure. */
const missingSoon = add(missingIngesters, 1);

const ofReceive = { ...routers, handler: 'receive' } as const;
const writes = (matchers: object) =>
  sum(rate(range(select(thanosHttpMetrics.requests, { ...ofReceive, ...matchers }), window)), perInstance);

const ofQuery = { ...querier, handler: matching('query|query_range') } as const;
const queries = (matchers: object) =>
  sum(rate(range(select(thanosHttpMetrics.requests, { ...ofQuery, ...matchers }), window)), perInstance);

const refused = sum(select(histogram(writeSamples, 'sum'), { ...routers, code: '409' }), [
  'instance',
  'tenant',
]);
const refusedRange = range(select(histogram(writeSamples, 'sum'), { ...routers, code: '409' }), quarter);
const refusedBefore = sum(
  offset(select(histogram(writeSamples, 'sum'), { ...routers, code: '409' }), quarter),
  ['instance', 'tenant'],
);

/** @param plannedSeries planned series in all ingesters; a series with several replicas counts once */
export const thanosRules = (plannedSeries: number) =>
  ruleGroup({
    name: 'thanos',
    engine: 'thanos',
    alerting: [
      {
        alert: 'ThanosNothingStored',
        // `absent(up)` would find no fault in the first five minutes after the last sample.
        expr: absentOverTime(range(select(up), silence)),
        for: pending('2m'),
        severity: 'critical',
        windows: [silence],
        summary: 'Thanos has stored no sample of any scrape.',
        description: text`The queriers find no sample of a scrape within ${silence}, from any cluster. No writer reaches the routers, the routers store nothing, or the central Prometheus and every agent are down. Alerts on the platform cannot fire until samples arrive.`,
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosMemberDown',
        expr: eq(select(up, { job: thanosJobs }), 0),
        for: pending('5m'),
        severity: 'warning',
        summary: '{{ $labels.job }} {{ $labels.instance }} does not answer.',
        description:
          'Scrapes of {{ $labels.instance }} fail. If {{ $labels.job }} has other pods, they continue the work. A second failure can stop writes, queries or alerts.',
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosWriteQuorumAtRisk',
        // A write succeeds if Thanos stores more than half of the copies.
        expr: and(
          gt(missingIngesters, 0),
          gt(add(missingSoon, missingSoon), sub(max(select(replicationFactor, routers)), 1)),
        ),
        for: pending('5m'),
        severity: 'critical',
        summary: '{{ $value }} ingesters of Thanos do not answer. This number is too large for safe writes.',
        description:
          '{{ $value }} ingesters of the hashring do not answer. At the latest after one more failure, the routers cannot store a majority of the copies of some series, and answer 503. Agents then keep these samples in their buffers.',
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosHashringMismatch',
        expr: or(
          or(
            gt(sub(max(select(hashringHash, routers)), min(select(hashringHash, routers))), 0),
            gt(sub(max(select(hashringNodes, routers)), min(select(hashringNodes, routers))), 0),
          ),
          eq(min(select(hashringLoaded, routers)), 0),
        ),
        for: pending('10m'),
        severity: 'warning',
        summary: 'The routers of Thanos use different hashrings.',
        description:
          'The routers have different files of the hashring, or a router could not load its file. The routers send the samples of one series to different ingesters. The ingesters then hold more copies of a series than planned, and a removed ingester still receives samples.',
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosSamplesRefused',
        expr: or(
          gt(sum(increase(refusedRange), ['instance', 'tenant']), 0),
          unless(gt(refused, 0), refusedBefore, { on: ['instance', 'tenant'] }),
        ),
        severity: 'warning',
        windows: [quarter],
        lasts: quarter,
        summary: 'Thanos permanently refuses samples of the tenant {{ $labels.tenant }}.',
        description: text`Within ${quarter}, the router {{ $labels.instance }} answered 409 to write requests with {{ $value | humanize }} samples. At least one sample of each request is too old, out of order or too far in the future. The agent drops the refused samples.`,
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosSeriesAbovePlan',
        expr: gt(
          div(
            sum(select(thanosHeadMetrics.headSeries, ingesters), perInstance),
            mul(
              div(max(select(replicationFactor, routers)), max(select(hashringNodes, routers))),
              plannedSeries,
            ),
            { on: [], manyToOne: true },
          ),
          limit(abovePlan),
        ),
        for: pending('10m'),
        severity: 'warning',
        thresholds: { above: abovePlan },
        summary:
          'The ingester {{ $labels.instance }} holds {{ $value | humanize }} times its planned series.',
        description: text`The ingester {{ $labels.instance }} holds {{ $value | humanize }} times the series for which its memory is planned. The alert fires above ${abovePlan} times. If the series grow further, the ingester reaches its memory limit, and Kubernetes stops it again and again.`,
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosWritesFailing',
        expr: gt(div(writes({ code: matching('5..|429') }), writes({})), limit(failedWrites)),
        for: pending('5m'),
        severity: 'critical',
        thresholds: { failed: failedWrites },
        windows: [window],
        summary:
          'The router {{ $labels.instance }} cannot store {{ $value | humanizePercentage }} of the write requests.',
        description: text`The router {{ $labels.instance }} answers {{ $value | humanizePercentage }} of the write requests with a temporary error (5xx or 429). The alert fires above ${failedWrites}. Agents send the samples again until their buffers are full.`,
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosReplicationFailing',
        expr: gt(
          div(
            sum(rate(range(select(forwards, { ...routers, result: 'error' }), window)), perInstance),
            sum(rate(range(select(forwards, routers), window)), perInstance),
          ),
          limit(failedCopies),
        ),
        for: pending('10m'),
        severity: 'warning',
        thresholds: { failed: failedCopies },
        windows: [window],
        summary:
          'The router {{ $labels.instance }} cannot store {{ $value | humanizePercentage }} of the copies.',
        description: text`{{ $value | humanizePercentage }} of the requests with which the router {{ $labels.instance }} sends copies to ingesters fail. The alert fires above ${failedCopies}. Samples have fewer copies than planned. A write succeeds while a majority of its copies is stored.`,
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosQueriesFailing',
        // Thanos answers with status 422 if a query fails, for example because a store does not answer.
        expr: gt(div(queries({ code: matching('5..|422') }), queries({})), limit(failedQueries)),
        for: pending('5m'),
        severity: 'critical',
        thresholds: { failed: failedQueries },
        windows: [window],
        summary: '{{ $value | humanizePercentage }} of the queries at {{ $labels.instance }} fail.',
        description: text`The querier {{ $labels.instance }} cannot answer {{ $value | humanizePercentage }} of the queries. The alert fires above ${failedQueries}. Dashboards have gaps, and the rulers cannot evaluate rules.`,
        dashboard: 'thanos',
      },
      {
        alert: 'ThanosQueriesSlow',
        expr: gt(
          histogramQuantile(
            limit(quickQueries),
            sum(
              rate(
                range(
                  select(histogram(thanosQueryMetrics.duration, 'bucket'), { ...querier, handler: 'query' }),
                  window,
                ),
              ),
              ['instance', 'le'],
            ),
          ),
          limit(slowQuery),
        ),
        for: pending('10m'),
        severity: 'warning',
        thresholds: { share: quickQueries, duration: slowQuery },
        windows: [window],
        summary: 'Queries at {{ $labels.instance }} take up to {{ $value | humanizeDuration }}.',
        description: text`${quickQueries} of the instant queries at the querier {{ $labels.instance }} end within {{ $value | humanizeDuration }}. The alert fires above ${slowQuery}. The rulers also evaluate each rule with an instant query. Slow evaluations delay alerts.`,
        dashboard: 'thanos',
      },
      ...rulerAlerts,
    ],
  });
