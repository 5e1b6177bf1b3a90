import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import {
  thanosCompactMetrics,
  thanosHeadMetrics,
  thanosHttpMetrics,
  thanosObjectStoreMetrics,
  thanosQueryMetrics,
  thanosReceiveMetrics,
  thanosRuleMetrics,
} from '../../../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { histogram } from '../../../metrics/promql.ts';
import { jobs, laptopThanosJobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const router = { job: jobs.thanosRouter, instance: 'router-a:10902' } as const;
const otherRouter = { job: jobs.thanosRouter, instance: 'router-b:10902' } as const;
const querier = { job: jobs.thanosQuery, instance: 'query-a:10902' } as const;
const ruler = { job: jobs.thanosRuler, instance: 'ruler-0:10902' } as const;
const compactor = { job: jobs.thanosCompactor, instance: 'compactor-0:10902' } as const;
const ingester = (number: number) =>
  ({ job: jobs.thanosIngester, instance: `ingester-${number}:10902` }) as const;
const tenant = 'default-tenant';
const { up } = targetMetrics;
const { forwards, replicationFactor, hashringHash, hashringNodes, hashringLoaded, seriesLimit } =
  thanosReceiveMetrics;
const { headSeries } = thanosHeadMetrics;
const writeSamples = histogram(thanosReceiveMetrics.writeSamples, 'sum');
const queryBuckets = histogram(thanosQueryMetrics.duration, 'bucket');
const { ruleFailures } = prometheusMetrics;
const { ruleEvaluations } = thanosConnectionMetrics;
const { operations, operationsFailed } = thanosObjectStoreMetrics;

/** Ingesters whose scrapes succeed (1) or fail (0), in a hashring with three copies. */
const ring = (...states: readonly number[]) => [
  series(hashringNodes, { ...router, name: '' }, steady(states.length)),
  series(replicationFactor, router, steady(3)),
  ...states.map((state, number) => series(up, ingester(number), steady(state))),
];
const writes = (code: string, by: number) =>
  series(
    thanosHttpMetrics.requests,
    { ...router, code, handler: 'receive', method: 'post', tenant },
    rising(by),
  );
const queries = (code: string, by: number, handler = 'query') =>
  series(thanosHttpMetrics.requests, { ...querier, code, handler, method: 'post', tenant }, rising(by));
const buckets = (within9: number, within20: number) => {
  const labels = { ...querier, code: '200', handler: 'query', method: 'post', tenant } as const;
  return [
    series(queryBuckets, { ...labels, le: '9' }, rising(within9)),
    series(queryBuckets, { ...labels, le: '20' }, rising(within20)),
    series(queryBuckets, { ...labels, le: '+Inf' }, rising(within20)),
  ];
};
const ofGroup = { ...ruler, rule_group: '/etc/thanos/rules/platform.yaml;nats' } as const;
const upload = { ...ingester(0), bucket: 'blocks', operation: 'upload' } as const;
const loaded = { alert: 'ThanosHeadSeriesNearLimit', at: '10m' } as const;

export const thanosCases: readonly AlertCase[] = [
  {
    alert: 'ThanosMemberDown',
    when: 'the scrapes of an ingester fail, and the scrapes of a router succeed',
    series: [series(up, ingester(1), steady(0)), series(up, router, steady(1))],
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: ingester(1), value: 0 }],
  },
  {
    alert: 'ThanosMemberDown',
    when: 'an exporter that is no part of Thanos does not answer, and every member answers',
    series: [
      series(up, { job: jobs.nodeExporter, instance: 'n1' }, steady(0)),
      ...[router, querier, ruler, compactor, ingester(0)].map((one) => series(up, one, steady(1))),
    ],
    at: '20m',
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of three ingesters is down',
    series: ring(1, 0, 1),
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of three ingesters of the hashring has no target',
    series: [...ring(1, 1), series(hashringNodes, { ...otherRouter, name: '' }, steady(3))],
    at: '5m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'no ingester has a target',
    series: ring().concat(series(hashringNodes, { ...otherRouter, name: '' }, steady(3))),
    at: '5m',
    fires: [{ labels: {}, value: 3 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'a receiver of the laptop, which is a router and an ingester, is down',
    series: [1, 2, 3].flatMap((number) => {
      const receiver = { job: laptopThanosJobs.receive, instance: `127.0.0.1:90${number}0` } as const;
      return [
        series(up, receiver, steady(number === 2 ? 0 : 1)),
        ...(number === 2
          ? []
          : [
              series(hashringNodes, { ...receiver, name: '' }, steady(3)),
              series(replicationFactor, receiver, steady(3)),
            ]),
      ];
    }),
    at: '5m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'all ingesters answer',
    series: ring(1, 1, 1),
    at: '30m',
  },
  {
    alert: 'ThanosWriteQuorumAtRisk',
    when: 'one of five ingesters is down, and each sample has five copies',
    series: [...ring(1, 1, 1, 1, 0), series(replicationFactor, otherRouter, steady(5))],
    at: '30m',
  },
  {
    alert: 'ThanosHashringMismatch',
    when: 'a router keeps the file with three ingesters, and another router has the file with four',
    series: [
      series(hashringHash, router, steady(11)),
      series(hashringHash, otherRouter, '11x20 12x400'),
      series(hashringNodes, { ...router, name: '' }, steady(3)),
      series(hashringNodes, { ...otherRouter, name: '' }, '3x20 4x400'),
      series(hashringLoaded, router, steady(1)),
      series(hashringLoaded, otherRouter, steady(1)),
    ],
    at: '20m30s',
    notYet: '20m',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosHashringMismatch',
    when: 'a router cannot load its file, and keeps the earlier hashring',
    series: [
      series(hashringHash, router, steady(11)),
      series(hashringHash, otherRouter, steady(11)),
      series(hashringLoaded, router, steady(1)),
      series(hashringLoaded, otherRouter, steady(0)),
    ],
    at: '10m',
    fires: [{ labels: {}, value: 0 }],
  },
  {
    alert: 'ThanosHashringMismatch',
    when: 'both routers load a new file within five minutes',
    series: [
      series(hashringHash, router, '11x20 12x400'),
      series(hashringHash, otherRouter, '11x30 12x400'),
      series(hashringLoaded, router, steady(1)),
      series(hashringLoaded, otherRouter, steady(1)),
    ],
    at: '25m',
  },
  {
    alert: 'ThanosSamplesRefused',
    when: 'a router refuses samples for the first time since its start',
    series: [series(writeSamples, { ...router, tenant, code: '409' }, '_x20 40x400')],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: { instance: router.instance, tenant }, value: 40 }],
  },
  {
    alert: 'ThanosSamplesRefused',
    when: 'the refusals ended an hour ago, and a request was repeated after an outage',
    series: [
      series(writeSamples, { ...router, tenant, code: '409' }, '0+10x20 200x400'),
      series(writeSamples, { ...router, tenant, code: '503' }, rising(50)),
      series(writeSamples, { ...router, tenant, code: '200' }, rising(500)),
    ],
    at: '1h10m',
  },
  {
    ...loaded,
    when: 'the copies of a tenant reach 90 % of the limit of all tenants',
    series: [
      ...[0, 1, 2].map((number) => series(headSeries, { ...ingester(number), tenant }, steady(30))),
      series(seriesLimit, { ...router, tenant: '' }, steady(100)),
    ],
    notYet: '9m30s',
    fires: [{ labels: { tenant }, value: 0.9 }],
  },
  {
    ...loaded,
    when: 'a tenant reaches 90 % of its own limit, and is far below the limit of the other tenants',
    series: [
      series(headSeries, { ...ingester(0), tenant }, steady(90)),
      series(seriesLimit, { ...router, tenant: '' }, steady(1000)),
      series(seriesLimit, { ...router, tenant }, steady(100)),
    ],
    fires: [{ labels: { tenant }, value: 0.9 }],
  },
  {
    ...loaded,
    when: 'a tenant with a high limit of its own is above the limit of the other tenants, and a limit is 0',
    series: [
      series(headSeries, { ...ingester(0), tenant }, steady(500)),
      series(seriesLimit, { ...router, tenant: '' }, steady(100)),
      series(seriesLimit, { ...router, tenant }, steady(1000)),
      series(headSeries, { ...ingester(0), tenant: 'unlimited' }, steady(50)),
      series(seriesLimit, { ...router, tenant: 'unlimited' }, steady(0)),
    ],
  },
  {
    ...loaded,
    when: 'no limit is set',
    series: [series(headSeries, { ...ingester(0), tenant }, steady(1_000_000))],
  },
  {
    alert: 'ThanosWritesFailing',
    when: 'a router answers a tenth of the write requests with 503 and a tenth with 429',
    series: [writes('200', 80), writes('503', 10), writes('429', 10)],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: router.instance }, value: 0.2 }],
  },
  {
    alert: 'ThanosWritesFailing',
    when: 'a router refuses samples for good, and answers 1 of 100 requests with 503',
    series: [writes('200', 80), writes('409', 19), writes('503', 1)],
    at: '30m',
  },
  {
    alert: 'ThanosReplicationFailing',
    when: 'a third of the copies fails',
    series: [
      series(forwards, { ...router, result: 'success' }, rising(20)),
      series(forwards, { ...router, result: 'error' }, rising(10)),
    ],
    at: '11m',
    notYet: '10m',
    fires: [{ labels: { instance: router.instance }, value: 1 / 3 }],
  },
  {
    alert: 'ThanosReplicationFailing',
    when: 'a few copies failed while an ingester restarted',
    series: [
      series(forwards, { ...router, result: 'success' }, rising(20)),
      series(forwards, { ...router, result: 'error' }, '0x20 0+10x5 50x400'),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosQueriesFailing',
    when: 'a tenth of the queries ends with 422, because an ingester does not answer in time',
    series: [queries('200', 90), queries('422', 10, 'query_range')],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: querier.instance }, value: 0.1 }],
  },
  {
    alert: 'ThanosQueriesFailing',
    when: 'a person sends queries with mistakes, and another path of the API fails',
    series: [queries('200', 50), queries('400', 50), queries('503', 50, 'series')],
    at: '30m',
  },
  {
    alert: 'ThanosQueriesSlow',
    when: '2 of 100 queries take between 9 and 20 seconds',
    series: buckets(98, 100),
    at: '10m30s',
    notYet: '10m',
    fires: [{ labels: { instance: querier.instance }, value: 14.5 }],
  },
  {
    alert: 'ThanosQueriesSlow',
    when: 'all queries take less than 9 seconds, and nobody queries another querier',
    series: [
      ...buckets(100, 100),
      series(
        queryBuckets,
        {
          ...querier,
          instance: 'query-b:10902',
          code: '200',
          handler: 'query',
          method: 'post',
          tenant,
          le: '+Inf',
        },
        steady(7),
      ),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'every evaluation of a group fails',
    series: [series(ruleFailures, ofGroup, rising(1))],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: ruler.instance, rule_group: ofGroup.rule_group }, value: 10 }],
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'one evaluation failed while an ingester restarted',
    series: [series(ruleFailures, ofGroup, '0x10 1x400')],
    at: '11m',
  },
  {
    alert: 'ThanosRulerIdle',
    when: 'a ruler answers and has no rules',
    series: [series(up, ruler, steady(1))],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: ruler, value: 1 }],
  },
  {
    alert: 'ThanosRulerIdle',
    when: 'the evaluation of a ruler hangs',
    series: [series(up, ruler, steady(1)), series(ruleEvaluations, ofGroup, '0+10x20 200x400')],
    at: '30m',
    fires: [{ labels: ruler, value: 1 }],
  },
  {
    alert: 'ThanosRulerIdle',
    when: 'a ruler evaluates rules, and another ruler does not answer',
    series: [
      series(up, ruler, steady(1)),
      series(ruleEvaluations, ofGroup, rising(10)),
      series(up, { ...ruler, instance: 'ruler-1:10902' }, steady(0)),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'no Alertmanager takes an alert, and the queue is full',
    series: [
      series(thanosRuleMetrics.alertsDropped, ruler, rising(1)),
      series(thanosRuleMetrics.alertsOverflowed, ruler, rising(1)),
    ],
    at: '20m',
    fires: [{ labels: ruler, value: 60 }],
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'the last alert was dropped an hour ago',
    series: [
      series(thanosRuleMetrics.alertsDropped, ruler, '0x10 1x400'),
      series(thanosRuleMetrics.alertsOverflowed, ruler, steady(0)),
    ],
    at: '1h',
  },
  {
    alert: 'ThanosCompactionHalted',
    when: 'the compactor finds a damaged block',
    series: [series(thanosCompactMetrics.halted, compactor, '0x20 1x400')],
    at: '15m30s',
    notYet: '15m',
    fires: [{ labels: compactor, value: 1 }],
  },
  {
    alert: 'ThanosCompactionHalted',
    when: 'the compactor works',
    series: [series(thanosCompactMetrics.halted, compactor, steady(0))],
    at: '1h',
  },
  {
    alert: 'ThanosObjectStoreFailing',
    when: 'half of the uploads of the ingesters fails',
    series: [
      series(operations, upload, rising(2)),
      series(operationsFailed, upload, rising(1)),
      series(operations, { ...upload, operation: 'exists' }, rising(2)),
      series(operationsFailed, { ...upload, operation: 'exists' }, steady(0)),
    ],
    at: '16m',
    notYet: '15m',
    fires: [{ labels: { job: upload.job, operation: 'upload' }, value: 0.5 }],
  },
  {
    alert: 'ThanosObjectStoreFailing',
    when: '1 of 50 operations fails',
    series: [series(operations, upload, rising(50)), series(operationsFailed, upload, rising(1))],
    at: '1h',
  },
];
