import { clusters } from '../../../config/topology.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, series } from '../case.ts';

/* Cases at thresholds and at the ends of time windows. */

const { cluster } = clusters.edge;
const usdt = { job: jobs.usdtExporter, instance: '10.0.0.8:5000' } as const;
const gateway = { job: jobs.pushgateway, instance: '10.0.0.9:9091' } as const;
const pusher = { job: jobs.batchPusher, instance: '10.0.0.10:5001' } as const;

const hour = '0 1x15 0x94 1x1 0x20';
const sixHours = '0 1x39 0x26 1x3 0x10';
const days = '0 1x78 0x185 1x7 0x40';
const sevenAtEnd = '0 1x79 0x159 1x3 0x19 1x6 0x40';

type Situation = Pick<AlertCase, 'when' | 'step' | 'at'> & {
  readonly bad: string;
  /** Burn rate that the alert must report. If undefined, the alert must not fire. */
  readonly rate?: number;
};

const fast: readonly Situation[] = [
  { when: '18 evaluations of an hour are bad', bad: hour, at: '1h', rate: 15 },
  { when: '17 evaluations of an hour are bad', bad: hour, at: '1h30s' },
  { when: '18 evaluations of an hour are bad, the last six minutes ago', bad: '0x89 1x17 0x20', at: '1h' },
  { when: '44 evaluations of six hours are bad', bad: sixHours, step: '5m', at: '6h', rate: 44 / 7.2 },
  { when: '43 evaluations of six hours are bad', bad: sixHours, step: '5m', at: '6h5m' },
  {
    when: '47 evaluations of six hours are bad, three of them in the last half hour',
    bad: '0x19 1x43 0x2 1x2 0x10',
    step: '5m',
    at: '6h',
  },
];

const slow: readonly Situation[] = [
  { when: '87 evaluations of three days are bad', bad: days, step: '15m', at: '3d', rate: 87 / 86.4 },
  { when: '86 evaluations of three days are bad', bad: days, step: '15m', at: '3d15m' },
  {
    when: '91 evaluations of three days are bad, seven of them in the last six hours',
    bad: sevenAtEnd,
    step: '15m',
    at: '3d',
  },
];

const objectives: readonly {
  readonly prefix: string;
  readonly labels: { readonly slo: string; readonly cluster?: string };
}[] = [
  { prefix: 'FreshnessSlo', labels: { slo: 'freshness', cluster } },
  { prefix: 'PushSlo', labels: { slo: 'push' } },
  { prefix: 'ExporterSlo', labels: { slo: 'exporter' } },
];

export const sloBoundaryCases: readonly AlertCase[] = objectives.flatMap(({ prefix, labels }) =>
  [
    { speed: 'Fast', situations: fast },
    { speed: 'Slow', situations: slow },
  ].flatMap(({ speed, situations }) =>
    situations.map(({ bad, rate, ...situation }) => ({
      ...situation,
      alert: `${prefix}Burning${speed}`,
      series: [series(recorded.sloBad, labels, bad)],
      ...(rate === undefined ? {} : { fires: [{ labels, value: rate }] }),
    })),
  ),
);

const bad = (slo: string, value: number) => [{ labels: { slo }, value }];
const failsOnce = (by: number) => [
  series(batchPusherMetrics.pushes, { ...pusher, outcome: 'timeout' }, `0x20 ${by}x40`),
];

export const sloBoundaryRecordings: readonly RecordingCase[] = [
  {
    record: recorded.sloBad.name,
    when: 'a single report failed four minutes ago, and nothing scrapes the Pushgateway',
    series: failsOnce(1),
    at: '14m30s',
    stores: bad('push', 1),
  },
  {
    record: recorded.sloBad.name,
    when: 'a report failed seven minutes ago, and reports have succeeded since',
    series: [
      ...failsOnce(1),
      series(batchPusherMetrics.pushes, { ...pusher, outcome: 'pushed' }, '0+1x60'),
      series(targetMetrics.up, gateway, '1x60'),
    ],
    at: '17m30s',
    stores: bad('push', 0),
  },
  {
    record: recorded.sloBad.name,
    when: 'the Pushgateway does not answer, and no report has failed',
    series: [...failsOnce(0), series(targetMetrics.up, gateway, '0x60')],
    at: '10m',
    stores: bad('push', 1),
  },
  {
    record: recorded.sloBad.name,
    when: 'no batch-pusher exists, and the Pushgateway answers',
    series: [series(targetMetrics.up, gateway, '1x20')],
    at: '5m',
    stores: bad('push', 0),
  },
  {
    record: recorded.sloBad.name,
    when: 'the USDT exporter does not answer, and its last refresh succeeded',
    series: [series(targetMetrics.up, usdt, '0x20'), series(usdtMetrics.up, usdt, '1x20')],
    at: '5m',
    stores: bad('exporter', 1),
  },
  {
    record: recorded.sloBad.name,
    when: 'one of two USDT exporters does not answer',
    series: ['a', 'b'].flatMap((instance, index) => [
      series(targetMetrics.up, { ...usdt, instance }, `${index}x20`),
      series(usdtMetrics.up, { ...usdt, instance }, '1x20'),
    ]),
    at: '5m',
    stores: bad('exporter', 1),
  },
  {
    record: recorded.sloBad.name,
    when: 'a function pushes the rate, its last refresh failed, and Prometheus scrapes other jobs',
    series: [
      series(usdtMetrics.up, { job: jobs.usdtExporter }, '0x20'),
      series(targetMetrics.up, pusher, '1x20'),
    ],
    at: '5m',
    stores: bad('exporter', 1),
  },
];
