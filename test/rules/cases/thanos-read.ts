import { targetMetrics } from '../../../metrics/definitions/target.ts';
import {
  thanosCompactMetrics,
  thanosHttpMetrics,
  thanosObjectStoreMetrics,
  thanosQueryMetrics,
} from '../../../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { histogram } from '../../../metrics/promql.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const querier = { job: jobs.thanosQuery, instance: 'query-a:10902' } as const;
const ruler = { job: jobs.thanosRuler, instance: 'ruler-0:10902' } as const;
const compactor = { job: jobs.thanosCompactor, instance: 'compactor-0:10902' } as const;
const ingester = { job: jobs.thanosIngester, instance: 'ingester-0:10902' } as const;
const thirdJob = { job: 'thanos-of-another-team' } as const;
const tenant = 'default-tenant';
const { up } = targetMetrics;
const { ruleEvaluations } = thanosConnectionMetrics;
const { operations, operationsFailed } = thanosObjectStoreMetrics;

const ofQuery = { ...querier, handler: 'query', method: 'post', tenant } as const;
const queries = (code: string, values: string, labels: object = {}) =>
  series(thanosHttpMetrics.requests, { ...ofQuery, code, ...labels }, values);
const buckets = (values: Readonly<Record<string, string>>, labels: object = {}) =>
  Object.entries(values).map(([le, counts]) =>
    series(
      histogram(thanosQueryMetrics.duration, 'bucket'),
      { ...ofQuery, code: '200', ...labels, le },
      counts,
    ),
  );
const ofGroup = { ...ruler, rule_group: '/etc/thanos/rules/platform.yaml;nats' } as const;
const upload = { ...ingester, bucket: 'blocks', operation: 'upload' } as const;
const otherUpload = { ...upload, instance: 'ingester-1:10902' } as const;
/** Time between samples. A range of five minutes then has two samples, the minimum for `rate`. */
const wide = '2m30s';

export const thanosReadCases: readonly AlertCase[] = [
  {
    alert: 'ThanosQueriesFailing',
    when: 'a tenth of the queries ends with 422, because an ingester does not answer in time',
    series: [queries('200', rising(90)), queries('422', rising(10), { handler: 'query_range' })],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: querier.instance }, value: 0.1 }],
  },
  {
    alert: 'ThanosQueriesFailing',
    when: '6 of 100 queries fail, and everything else at the same address succeeds',
    step: wide,
    series: [
      queries('200', '0+94x10'),
      queries('422', '0+3x10'),
      queries('503', '0+3x10', { handler: 'query_range' }),
      queries('200', '0+100x10', { handler: 'series' }),
      queries('200', '0+100x10', thirdJob),
    ],
    at: '12m30s',
    fires: [{ labels: { instance: querier.instance }, value: 0.06 }],
  },
  {
    alert: 'ThanosQueriesFailing',
    when: 'a person sends queries with mistakes, 5 of 100 queries fail, and everything else at the same address fails',
    step: wide,
    series: [
      queries('200', '0+675x20'),
      queries('400', '0+750x20'),
      queries('503', '0+75x20'),
      queries('503', '0+75x20', { handler: 'series' }),
      queries('503', '0+75x20', thirdJob),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosQueriesSlow',
    when: '12 of 1000 queries take between 9 and 20 seconds',
    series: buckets({ '9': rising(988), '20': rising(1000), '+Inf': rising(1000) }),
    at: '10m30s',
    notYet: '10m',
    fires: [{ labels: { instance: querier.instance }, value: 9 + (11 * 2) / 12 }],
  },
  {
    alert: 'ThanosQueriesSlow',
    when: 'half of the queries are slow, and all queries were slow before',
    step: wide,
    series: [
      ...buckets({ '9': '100x5 200+100x10', '20': '0+100x20', '+Inf': '0+100x20' }),
      ...buckets({ '9': '0x20', '20': '0+100x20', '+Inf': '0+100x20' }, { method: 'get' }),
    ],
    at: '17m30s',
    fires: [{ labels: { instance: querier.instance }, value: 9 + 11 * 0.98 }],
  },
  {
    alert: 'ThanosQueriesSlow',
    when: '99 of 100 queries take at most 10 seconds, nobody queries another querier, and everything else at the same address is slow',
    step: wide,
    series: [
      ...buckets({ '9': '0x20', '10': '0+14850x20', '60': '0+15000x20', '+Inf': '0+15000x20' }),
      ...buckets({ '+Inf': '7x20' }, { instance: 'query-b:10902' }),
      ...buckets(
        { '9': '0x20', '10': '0x20', '60': '0+15000x20', '+Inf': '0+15000x20' },
        { handler: 'series' },
      ),
      ...buckets({ '9': '0x20', '10': '0x20', '60': '0+15000x20', '+Inf': '0+15000x20' }, thirdJob),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosRulerIdle',
    when: 'a ruler answers and has no rules, and another ruler evaluates rules',
    series: [
      series(up, ruler, steady(1)),
      series(ruleEvaluations, { ...ofGroup, instance: 'ruler-1:10902' }, rising(10)),
      series(ruleEvaluations, { ...ofGroup, ...thirdJob }, rising(10)),
    ],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: ruler, value: 1 }],
  },
  {
    alert: 'ThanosRulerIdle',
    when: 'the evaluation of a ruler hangs after ten minutes',
    series: [series(up, ruler, steady(1)), series(ruleEvaluations, ofGroup, '0+10x20 200x400')],
    at: '25m',
    notYet: '24m',
    fires: [{ labels: ruler, value: 1 }],
  },
  {
    alert: 'ThanosRulerIdle',
    when: 'a ruler evaluates rules, another ruler does not answer, and a target of another team has no rules',
    step: wide,
    series: [
      series(up, ruler, steady(1)),
      series(ruleEvaluations, ofGroup, rising(10)),
      series(up, { ...ruler, instance: 'ruler-1:10902' }, steady(0)),
      series(up, { ...thirdJob, instance: 'web-0:80' }, steady(1)),
    ],
    at: '30m',
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
    when: 'the compactor works, and the compactor of another team has halted',
    series: [
      series(thanosCompactMetrics.halted, compactor, steady(0)),
      series(thanosCompactMetrics.halted, { ...compactor, ...thirdJob }, steady(1)),
    ],
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
    when: '6 of 100 uploads of two ingesters fail',
    step: '7m30s',
    series: [
      series(operations, upload, '0+40x10'),
      series(operationsFailed, upload, '0+4x10'),
      series(operations, otherUpload, '0+60x10'),
      series(operationsFailed, otherUpload, '0+2x10'),
    ],
    at: '45m',
    fires: [{ labels: { job: upload.job, operation: 'upload' }, value: 0.06 }],
  },
  {
    alert: 'ThanosObjectStoreFailing',
    when: '5 of 100 operations fail, and every operation of another team fails',
    step: '7m30s',
    series: [
      series(operations, upload, '0+4500x10'),
      series(operationsFailed, upload, '0+225x10'),
      series(operations, { ...upload, ...thirdJob }, '0+10x10'),
      series(operationsFailed, { ...upload, ...thirdJob }, '0+10x10'),
    ],
    at: '1h',
  },
];
