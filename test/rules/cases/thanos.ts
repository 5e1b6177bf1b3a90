import { processMetrics } from '../../../metrics/definitions/process.ts';
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
import { jobs, laptopThanosJobs, seriesOnLaptop } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const router = { job: jobs.thanosRouter, instance: 'router-a:10902' } as const;
const otherRouter = { job: jobs.thanosRouter, instance: 'router-b:10902' } as const;
const querier = { job: jobs.thanosQuery, instance: 'query-a:10902' } as const;
const ruler = { job: jobs.thanosRuler, instance: 'ruler-0:10902' } as const;
const newRuler = { ...ruler, instance: 'ruler-0-new:10902' } as const;
const compactor = { job: jobs.thanosCompactor, instance: 'compactor-0:10902' } as const;
const ingester = (number: number) =>
  ({ job: jobs.thanosIngester, instance: `ingester-${number}:10902` }) as const;
const tenant = 'default-tenant';
const { up } = targetMetrics;
const { forwards, replicationFactor, hashringHash, hashringNodes, hashringLoaded } = thanosReceiveMetrics;
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
/** Alerts that a ruler drops, which started at a time in seconds. Each value is in promtool's notation. */
const drops = (of: typeof ruler | typeof newRuler, started: string, dropped: string, overflowed: string) => [
  series(processMetrics.startTime, of, started),
  series(thanosRuleMetrics.alertsDropped, of, dropped),
  series(thanosRuleMetrics.alertsOverflowed, of, overflowed),
];
const ofGroup = { ...ruler, rule_group: '/etc/thanos/rules/platform.yaml;nats' } as const;
const upload = { ...ingester(0), bucket: 'blocks', operation: 'upload' } as const;
const stalled = { alert: 'ThanosCompactionStalled', step: '10m' } as const;
const loaded = { alert: 'ThanosSeriesAbovePlan', at: '10m' } as const;
/** Series of a tenant in the memory of an ingester, as a share of all planned series. */
const heldSeries = (number: number, share: number, of = tenant) =>
  series(headSeries, { ...ingester(number), tenant: of }, steady(share * seriesOnLaptop));

const everyTarget = [router, otherRouter, querier, ruler, compactor, ingester(0), ingester(1), ingester(2)];

export const thanosCases: readonly AlertCase[] = [
  {
    alert: 'ThanosNothingStored',
    when: 'no sample of any target arrives after half an hour, and no series ends with a stale marker',
    series: everyTarget.map((one) => series(up, one, '1x60 _x420')),
    at: '35m30s',
    notYet: '34m30s',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'ThanosNothingStored',
    when: 'the samples of the central cluster are missing, and an edge still writes',
    series: [
      ...everyTarget.map((one) => series(up, one, '1x60 _x420')),
      series(up, { job: jobs.edgeNatsExporter, instance: 'edge:7777' }, steady(1)),
    ],
    at: '1h',
  },
  {
    alert: 'ThanosNothingStored',
    when: 'all targets are scraped, and the scrapes of some targets fail',
    series: everyTarget.map((one, index) => series(up, one, steady(index % 2))),
    at: '1h',
  },
  {
    alert: 'ThanosNothingStored',
    when: 'no sample arrives for two minutes while the central Prometheus restarts',
    series: everyTarget.map((one) => series(up, one, '1x60 _x4 1x400')),
    at: '33m',
  },
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
    when: 'one of four ingesters holds 1.2 times the series for which it is planned, in two tenants',
    series: [
      series(hashringNodes, { ...router, name: '' }, steady(4)),
      series(hashringNodes, { ...otherRouter, name: '' }, steady(4)),
      series(replicationFactor, router, steady(3)),
      series(replicationFactor, otherRouter, steady(3)),
      ...[0, 1, 2].map((number) => heldSeries(number, 0.75)),
      heldSeries(3, 0.6),
      heldSeries(3, 0.3, 'payments'),
    ],
    notYet: '9m30s',
    fires: [{ labels: { instance: ingester(3).instance }, value: 1.2 }],
  },
  {
    ...loaded,
    when: 'each of three ingesters has three copies, one has 5 % more than planned, and the central Prometheus has more',
    series: [
      ...ring(1, 1, 1),
      heldSeries(0, 1),
      heldSeries(1, 1.05),
      heldSeries(2, 0.95),
      series(
        prometheusMetrics.headSeries,
        { job: jobs.prometheus, instance: 'p' },
        steady(10 * seriesOnLaptop),
      ),
    ],
  },
  {
    ...loaded,
    when: 'a fourth ingester joins with a higher plan, and the other ingesters still hold the series that moved to it',
    series: [
      ...ring(1, 1, 1, 1).filter(({ series: name }) => !name.startsWith(hashringNodes.name)),
      series(hashringNodes, { ...router, name: '' }, '3x10 4x470'),
      ...[0, 1, 2].map((number) => heldSeries(number, 0.8)),
      heldSeries(3, 0.7),
    ],
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
    at: '16m',
    notYet: '15m',
    fires: [{ labels: { instance: ruler.instance, rule_group: ofGroup.rule_group }, value: 10 }],
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'one evaluation failed while an ingester restarted',
    series: [series(ruleFailures, ofGroup, '0x10 1x400')],
    at: '11m',
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'one evaluation failed at the restart of each of three ingesters, a minute apart',
    series: [series(ruleFailures, ofGroup, '0x19 1x1 2x1 3x400')],
    at: '15m30s',
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'every rule of a group failed at the restart of each of five ingesters, two minutes apart',
    series: [series(ruleFailures, ofGroup, '0x19 20x3 40x3 60x3 80x3 100x400')],
    at: '22m',
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
    series: drops(ruler, steady(0), rising(1), rising(1)),
    at: '20m',
    fires: [{ labels: ruler, value: 60 }],
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'a pod that had no Alertmanager was replaced five minutes ago, and the new pod sends every alert',
    series: [
      ...drops(ruler, '0x20 stale', '0+1x20 stale', '0x20 stale'),
      ...drops(newRuler, '_x20 600x460', '_x20 0x460', '_x20 0x460'),
    ],
    at: '15m',
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'the container of a ruler that had no Alertmanager restarted at the same address, and sends every alert now',
    series: drops(ruler, '0x20 610x460', '0+1x20 0x460', '0x480'),
    at: '15m',
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'a pod is new, and has dropped alerts since its start, 20 minutes ago',
    series: drops(newRuler, '_x20 600x460', '_x20 0+1x460', '_x20 0x460'),
    at: '30m',
    fires: [{ labels: newRuler, value: 30 }],
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'the last alert was dropped an hour ago',
    series: drops(ruler, steady(0), '0x10 1x400', steady(0)),
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
    ...stalled,
    when: 'the compactor repeats a failed pass for seven hours, and its pod was replaced once',
    series: [
      series(up, compactor, '1x18 stale'),
      series(up, { ...compactor, instance: 'new:10902' }, '_x18 1x100'),
      series(thanosCompactMetrics.iterations, compactor, '0x18 stale'),
      series(thanosCompactMetrics.iterations, { ...compactor, instance: 'new:10902' }, '_x18 0x100'),
      series(thanosCompactMetrics.halted, { ...compactor, instance: 'new:10902' }, '_x18 0x100'),
    ],
    at: '6h20m',
    notYet: '6h10m',
    fires: [{ labels: { job: compactor.job }, value: 1 }],
  },
  {
    ...stalled,
    when: 'the passes of the compactor stop after three hours, and the compactor still answers',
    series: [
      series(up, compactor, steady(1)),
      series(thanosCompactMetrics.iterations, compactor, '0+2x18 36x400'),
    ],
    at: '9h30m',
    fires: [{ labels: { job: compactor.job }, value: 1 }],
  },
  {
    ...stalled,
    when: 'the first pass of a new compactor takes five hours',
    series: [
      series(up, compactor, '_x6 1x100'),
      series(thanosCompactMetrics.iterations, compactor, '_x6 0x29 1x100'),
    ],
    at: '7h20m',
  },
  {
    ...stalled,
    when: 'the compactor completes a pass every four hours',
    series: [
      series(up, compactor, steady(1)),
      series(thanosCompactMetrics.iterations, compactor, '0x23 1x23 2x23 3x23'),
    ],
    at: '15h',
  },
  {
    ...stalled,
    when: 'the compactor has halted, for which another alert fires',
    series: [
      series(up, compactor, steady(1)),
      series(thanosCompactMetrics.iterations, compactor, steady(3)),
      series(thanosCompactMetrics.halted, compactor, steady(1)),
    ],
    at: '12h',
  },
  {
    ...stalled,
    when: 'the compactor does not answer, for which another alert fires',
    series: [series(up, compactor, '1x18 0x100')],
    at: '12h',
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
