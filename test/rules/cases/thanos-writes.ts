import { thanosHttpMetrics, thanosReceiveMetrics } from '../../../metrics/definitions/thanos.ts';
import { histogram } from '../../../metrics/promql.ts';
import { jobs, laptopThanosJobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const router = { job: jobs.thanosRouter, instance: 'router-a:10902' } as const;
const otherRouter = { job: jobs.thanosRouter, instance: 'router-b:10902' } as const;
const third = { job: 'thanos-of-another-team', instance: router.instance } as const;
const tenant = 'default-tenant';
const { forwards } = thanosReceiveMetrics;
const writeSamples = histogram(thanosReceiveMetrics.writeSamples, 'sum');

const writes = (code: string, values: string, labels: object = {}) =>
  series(
    thanosHttpMetrics.requests,
    { ...router, code, handler: 'receive', method: 'post', tenant, ...labels },
    values,
  );
const copies = (result: string, values: string, labels: object = {}) =>
  series(forwards, { ...router, result, ...labels }, values);
/** Two samples in five minutes are the minimum for `rate`. */
const wide = '2m30s';
const refused = (labels: object, values: string) =>
  series(writeSamples, { ...router, tenant, code: '409', ...labels }, values);

export const thanosWriteCases: readonly AlertCase[] = [
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
    alert: 'ThanosSamplesRefused',
    when: 'a router at two ports refuses samples of a tenant for the first time, and has refused samples of another tenant like another router',
    step: '1m',
    series: [
      refused({}, '_x10 40x60'),
      refused({ job: laptopThanosJobs.receive }, '_x10 2x60'),
      refused({ tenant: 'old' }, steady(5)),
      refused(otherRouter, steady(5)),
      refused({ code: '200' }, steady(500)),
      refused(third, steady(5)),
    ],
    at: '22m',
    fires: [{ labels: { instance: router.instance, tenant }, value: 42 }],
  },
  {
    alert: 'ThanosSamplesRefused',
    when: 'a router refuses a single sample for the first time',
    step: '1m',
    series: [refused({}, '_x10 1x60')],
    at: '12m',
    fires: [{ labels: { instance: router.instance, tenant }, value: 1 }],
  },
  {
    alert: 'ThanosSamplesRefused',
    when: 'a router at two ports has refused 10 and 20 samples a minute for an hour',
    step: '1m',
    series: [refused({}, '0+10x60'), refused({ job: laptopThanosJobs.receive }, '0+20x60')],
    at: '1h',
    fires: [{ labels: { instance: router.instance, tenant }, value: 450 }],
  },
  {
    alert: 'ThanosSamplesRefused',
    when: 'the only refusal was twenty minutes ago, another router accepts samples and has refused none, and a router of another team refuses samples',
    step: '1m',
    series: [
      refused({}, '_x10 40x60'),
      refused({ ...otherRouter, code: '200' }, '_x20 0+100x40'),
      refused(otherRouter, '_x20 0x40'),
      refused({ ...third, instance: 'router-c:10902' }, '_x20 5+10x40'),
      refused({ ...third, instance: 'router-d:10902' }, '0+10x60'),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosWritesFailing',
    when: 'a router answers a tenth of the write requests with 503 and a tenth with 429',
    series: [writes('200', rising(80)), writes('503', rising(10)), writes('429', rising(10))],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: router.instance }, value: 0.2 }],
  },
  {
    alert: 'ThanosWritesFailing',
    when: 'a router answers 6 of 100 write requests with an error, and everything else at the same address succeeds',
    step: wide,
    series: [
      writes('200', '0+94x10'),
      writes('503', '0+3x10'),
      writes('429', '0+3x10'),
      writes('200', '0+100x10', { handler: 'ready' }),
      writes('200', '0+100x10', third),
    ],
    at: '12m30s',
    fires: [{ labels: { instance: router.instance }, value: 0.06 }],
  },
  {
    alert: 'ThanosWritesFailing',
    when: 'a router refuses samples for good and answers 5 of 100 requests with 503, and everything else at the same address fails',
    step: wide,
    series: [
      writes('200', '0+1200x20'),
      writes('409', '0+225x20'),
      writes('503', '0+75x20'),
      writes('503', '0+75x20', { handler: 'ready' }),
      writes('503', '0+75x20', third),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosReplicationFailing',
    when: 'a third of the copies fails at two ports, before that the router sent more copies, and copies of another team succeed',
    step: wide,
    series: [
      copies('success', '0+100x5 540+40x10'),
      copies('error', '0+20x5 110+10x10'),
      copies('error', '0+20x5 110+10x10', { job: laptopThanosJobs.receive }),
      copies('success', '0+100x20', third),
    ],
    at: '17m30s',
    notYet: '10m',
    fires: [{ labels: { instance: router.instance }, value: 1 / 3 }],
  },
  {
    alert: 'ThanosReplicationFailing',
    when: '6 of 100 copies fail',
    step: wide,
    series: [copies('success', '0+94x20'), copies('error', '0+6x20')],
    at: '12m30s',
    notYet: '10m',
    fires: [{ labels: { instance: router.instance }, value: 0.06 }],
  },
  {
    alert: 'ThanosReplicationFailing',
    when: '5 of 100 copies fail, and the copies of another team fail',
    step: wide,
    series: [copies('success', '0+1425x20'), copies('error', '0+75x20'), copies('error', '0+75x20', third)],
    at: '30m',
  },
  {
    alert: 'ThanosReplicationFailing',
    when: 'a few copies failed while an ingester restarted',
    series: [copies('success', rising(20)), copies('error', '0x20 0+10x5 50x400')],
    at: '30m',
  },
];
