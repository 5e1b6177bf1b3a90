import { processMetrics } from '../../../metrics/definitions/process.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import {
  thanosCompactMetrics,
  thanosHeadMetrics,
  thanosReceiveMetrics,
  thanosRuleMetrics,
} from '../../../metrics/definitions/thanos.ts';
import { jobs, seriesOnLaptop } from '../../../sources/index.ts';
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
const { replicationFactor, hashringNodes } = thanosReceiveMetrics;
const { headSeries } = thanosHeadMetrics;
const { ruleFailures } = prometheusMetrics;

const ring = (...states: readonly number[]) => [
  series(hashringNodes, { ...router, name: '' }, steady(states.length)),
  series(replicationFactor, router, steady(3)),
  ...states.map((state, number) => series(up, ingester(number), steady(state))),
];
const drops = (
  of: { readonly job: string; readonly instance: string },
  started: string,
  dropped: string,
  overflowed: string,
) => [
  series(processMetrics.startTime, of, started),
  series(thanosRuleMetrics.alertsDropped, of, dropped),
  series(thanosRuleMetrics.alertsOverflowed, of, overflowed),
];
const foreign = { job: 'thanos-of-another-team', instance: 'router-x:10902' } as const;
const ofGroup = { ...ruler, rule_group: '/etc/thanos/rules/platform.yaml;nats' } as const;
const stalled = { alert: 'ThanosCompactionStalled', step: '10m' } as const;
const loaded = { alert: 'ThanosSeriesAbovePlan', at: '10m' } as const;
const heldSeries = (number: number, share: number, of = tenant) =>
  series(headSeries, { ...ingester(number), tenant: of }, steady(share * seriesOnLaptop));

const everyTarget = [router, otherRouter, querier, ruler, compactor, ingester(0), ingester(1), ingester(2)];

export const thanosStorageCases: readonly AlertCase[] = [
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
    alert: 'ThanosRuleEvaluationFailing',
    when: 'every evaluation of a group fails',
    series: [series(ruleFailures, ofGroup, rising(1))],
    at: '16m',
    notYet: '15m',
    fires: [{ labels: { instance: ruler.instance, rule_group: ofGroup.rule_group }, value: 10 }],
  },
  {
    ...loaded,
    when: 'a router still has the file with three ingesters, and an ingester holds 1.2 times its part of four',
    series: [
      ...ring(1, 1, 1, 1),
      series(hashringNodes, { ...otherRouter, name: '' }, steady(3)),
      heldSeries(0, 0.9),
    ],
    fires: [{ labels: { instance: ingester(0).instance }, value: 1.2 }],
  },
  {
    ...loaded,
    when: 'an ingester holds exactly 1.1 times the series for which it is planned',
    series: [...ring(1, 1, 1), heldSeries(0, 1.1)],
  },
  {
    ...loaded,
    when: 'an ingester holds 1.2 times the planned series, and routers of another team have more copies and ingesters',
    series: [
      ...ring(1, 1, 1),
      series(hashringNodes, { ...foreign, name: '' }, steady(9)),
      series(replicationFactor, foreign, steady(5)),
      heldSeries(0, 1.2),
    ],
    fires: [{ labels: { instance: ingester(0).instance }, value: 1.2 }],
  },
  {
    ...loaded,
    when: 'a router has loaded a file with four ingesters and four copies, another router has the file before, and each ingester holds its new plan',
    series: [
      ...ring(1, 1, 1),
      series(hashringNodes, { ...otherRouter, name: '' }, steady(4)),
      series(replicationFactor, otherRouter, steady(4)),
      ...[0, 1, 2].map((number) => heldSeries(number, 1)),
    ],
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'a ruler restarts every four minutes, and a rule fails once after each start',
    series: [series(ruleFailures, ofGroup, Array.from({ length: 8 }, () => '0x3 1x3').join(' '))],
    at: '25m',
    fires: [{ labels: { instance: ruler.instance, rule_group: ofGroup.rule_group }, value: 1 }],
  },
  {
    alert: 'ThanosRuleEvaluationFailing',
    when: 'evaluations of the central Prometheus fail, and the ruler evaluates every rule',
    series: [
      series(ruleFailures, { ...ofGroup, job: jobs.prometheus, instance: 'prometheus:9090' }, rising(1)),
      series(ruleFailures, ofGroup, steady(0)),
    ],
    at: '30m',
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
    when: 'a ruler drops a single alert',
    series: drops(ruler, steady(0), '0x20 1x400', steady(0)),
    at: '16m',
    fires: [{ labels: ruler, value: 1 }],
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'a new pod without an Alertmanager drops alerts, and the other ruler sends every alert',
    series: [
      ...drops(newRuler, '_x20 600x460', '_x20 0+1x460', '_x20 0x460'),
      ...drops({ ...ruler, instance: 'ruler-1:10902' }, steady(0), steady(0), steady(0)),
    ],
    at: '18m',
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'the central Prometheus drops alerts, and the ruler sends every alert',
    series: [
      ...drops({ ...ruler, job: jobs.prometheus }, steady(0), rising(1), rising(1)),
      ...drops(ruler, steady(0), steady(0), steady(0)),
    ],
    at: '20m',
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    when: 'the last alert was dropped an hour ago',
    series: drops(ruler, steady(0), '0x10 1x400', steady(0)),
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
    when: 'two compactors run by mistake, one does not answer, and the other completes no pass',
    series: [
      series(up, compactor, steady(1)),
      series(up, { ...compactor, instance: 'second:10902' }, steady(0)),
      series(thanosCompactMetrics.iterations, compactor, steady(3)),
    ],
    at: '12h',
    fires: [{ labels: { job: compactor.job }, value: 1 }],
  },
  {
    ...stalled,
    when: 'two compactors run by mistake, and one has halted, for which another alert fires',
    series: [
      series(up, compactor, steady(1)),
      series(up, { ...compactor, instance: 'second:10902' }, steady(1)),
      series(thanosCompactMetrics.iterations, compactor, steady(3)),
      series(thanosCompactMetrics.halted, compactor, steady(1)),
      series(thanosCompactMetrics.halted, { ...compactor, instance: 'second:10902' }, steady(0)),
    ],
    at: '12h',
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
    when: 'the first pass of a new compactor has taken four hours and is not complete',
    series: [
      series(up, compactor, '_x6 1x100'),
      series(thanosCompactMetrics.iterations, compactor, '_x6 0x100'),
    ],
    at: '5h10m',
  },
  {
    ...stalled,
    when: 'the compactor completes a pass every four hours',
    series: [
      series(up, compactor, steady(1)),
      series(thanosCompactMetrics.iterations, compactor, '0x23 1x23 2x23 3x23'),
    ],
    at: '15h40m',
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
];
