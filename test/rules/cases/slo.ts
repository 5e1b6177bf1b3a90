import { clusters } from '../../../config/topology.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type InputSeries, type RecordingCase, rising, series, steady } from '../case.ts';

const { cluster } = clusters.edge;
const primary = { ...clusters.primary, job: jobs.natsExporter, instance: '10.0.0.7:7777' } as const;
const usdt = { job: jobs.usdtExporter, instance: '10.0.0.8:5000' } as const;
const gateway = { job: jobs.pushgateway, instance: '10.0.0.9:9091' } as const;
const pusher = { job: jobs.batchPusher, instance: '10.0.0.10:5001' } as const;
const age = (values: string) => series(recorded.dataAge, { cluster }, values);
const gatewayUp = (values: string) => series(targetMetrics.up, gateway, values);
const refreshed = (values: string) => series(usdtMetrics.up, usdt, values);

const promises: readonly {
  readonly slo: string;
  readonly prefix: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: (values: string) => InputSeries;
  readonly good: number;
  readonly bad: number;
}[] = [
  { slo: 'freshness', prefix: 'FreshnessSlo', labels: { cluster }, samples: age, good: 30, bad: 600 },
  { slo: 'push', prefix: 'PushSlo', labels: {}, samples: gatewayUp, good: 1, bad: 0 },
  { slo: 'exporter', prefix: 'ExporterSlo', labels: {}, samples: refreshed, good: 1, bad: 0 },
];

export const sloCases: readonly AlertCase[] = promises.flatMap(
  ({ slo, prefix, labels, samples, good, bad }) => [
    {
      alert: `${prefix}BurningFast`,
      when: 'the promise is broken for nine minutes',
      // The budget of an hour is 1.2 bad evaluations: 1 % of 120.
      // The series has 18 bad evaluations. Therefore the burn rate is 18 / 1.2 = 15.
      series: [samples(`${good}x20 ${bad}x17 ${good}x400`)],
      at: '19m',
      // The alert fires above the burn rate 14.4.
      notYet: '18m30s',
      fires: [{ labels: { slo, ...labels }, value: 15 }],
    },
    {
      alert: `${prefix}BurningFast`,
      when: 'the promise was broken for nine minutes, and has held for the last five minutes',
      series: [samples(`${good}x20 ${bad}x17 ${good}x400`)],
      at: '24m30s',
    },
    {
      alert: `${prefix}BurningSlow`,
      when: 'the promise was broken for 45 minutes within three days, the last time an hour ago',
      series: [samples(`${good}x20 ${bad}x89 ${good}x400`)],
      at: '1h55m',
      // The alert fires above the burn rate 1.
      notYet: '53m',
      fires: [{ labels: { slo, ...labels }, value: 90 / 86.4 }],
    },
    {
      alert: `${prefix}BurningSlow`,
      when: 'the promise was broken for 40 minutes within three days, less than a tenth of the budget',
      series: [samples(`${good}x20 ${bad}x79 ${good}x400`)],
      at: '1h30m',
    },
    ...(['Fast', 'Slow'] as const).map((speed) => ({
      alert: `${prefix}Burning${speed}`,
      when: 'the promise was broken for 45 minutes, and then an operator removed the monitored object',
      series: [samples(`${good}x20 ${bad}x89 stale`)],
      at: '57m',
    })),
  ],
);

export const sloRecordings: readonly RecordingCase[] = [
  {
    record: recorded.sloBad.name,
    when: 'one cluster has fresh samples, and an operator removed another cluster, which counts no more',
    series: [
      series(natsMetrics.connections, primary, steady(3)),
      series(natsMetrics.connections, { ...primary, cluster: 'branch' }, '3x5'),
    ],
    at: '1h',
    stores: [{ labels: { slo: 'freshness', cluster: primary.cluster }, value: 0 }],
  },
  {
    record: recorded.sloBad.name,
    when: 'the exporter is not scraped, and pushes successful refreshes',
    series: [series(usdtMetrics.up, { job: jobs.usdtExporter }, steady(1))],
    at: '5m',
    stores: [{ labels: { slo: 'exporter' }, value: 0 }],
  },
  {
    record: recorded.sloBad.name,
    when: 'the exporter is scraped, and the Pushgateway still has a failure that a removed function pushed',
    series: [
      series(targetMetrics.up, usdt, steady(1)),
      refreshed(steady(1)),
      series(usdtMetrics.up, { job: jobs.usdtExporter }, steady(0)),
    ],
    at: '5m',
    stores: [{ labels: { slo: 'exporter' }, value: 0 }],
  },
  {
    record: recorded.sloBad.name,
    when: 'the samples of one cluster are older than two minutes, and the samples of another cluster are not',
    series: [
      series(recorded.dataAge, { cluster: 'a' }, steady(121)),
      series(recorded.dataAge, { cluster: 'b' }, steady(120)),
    ],
    at: '5m',
    stores: [
      { labels: { slo: 'freshness', cluster: 'a' }, value: 1 },
      { labels: { slo: 'freshness', cluster: 'b' }, value: 0 },
    ],
  },
  {
    record: recorded.sloBad.name,
    when: 'the Pushgateway answers, and it refused a report',
    series: [
      gatewayUp(steady(1)),
      series(batchPusherMetrics.pushes, { ...pusher, outcome: 'rejected' }, rising(1)),
    ],
    at: '10m',
    stores: [{ labels: { slo: 'push' }, value: 1 }],
  },
  {
    record: recorded.sloBad.name,
    when: 'the exporter answers, and its last refresh failed',
    series: [series(targetMetrics.up, usdt, steady(1)), refreshed(steady(0))],
    at: '5m',
    stores: [{ labels: { slo: 'exporter' }, value: 1 }],
  },
];
