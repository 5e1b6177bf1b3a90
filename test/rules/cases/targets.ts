import { clusters } from '../../../config/topology.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, series, steady } from '../case.ts';

const { up, scrapeDuration, scrapeSamplesKept, sampleLimit } = targetMetrics;
const { cluster, environment } = clusters.primary;
const nats = {
  job: jobs.natsExporter,
  instance: '10.0.0.7:7777',
  namespace: 'nats',
  cluster,
  environment,
} as const;
const usdt = { job: jobs.usdtExporter, instance: '10.0.0.8:5000', namespace: 'nats' } as const;
const pushgateway = { job: jobs.pushgateway, instance: '10.0.0.9:9091', namespace: 'airflow-3' } as const;
const batchPusher = { job: jobs.batchPusher, instance: '10.0.0.10:5001', namespace: 'airflow-3' } as const;
const agent = { ...clusters.edge, job: jobs.prometheusAgent, instance: '10.1.0.2:9095' } as const;

type Target = typeof nats | typeof usdt | typeof pushgateway | typeof batchPusher | typeof agent;

/** The scrapes fail from minute 3. Critical alerts fire after two minutes, warnings after five. */
const critical = { at: '5m', notYet: '4m30s' } as const;
const warning = { at: '8m', notYet: '7m30s' } as const;
const exporters = [
  ['NatsExporterDown', nats, critical],
  ['UsdtExporterDown', usdt, critical],
  ['PushgatewayDown', pushgateway, critical],
  ['BatchPusherDown', batchPusher, critical],
  ['PrometheusAgentDown', agent, warning],
] as const;

function downCases(alert: string, target: Target, at: string, notYet: string): AlertCase[] {
  const neighbour = series(up, { job: 'something-else', instance: target.instance }, steady(0));
  return [
    {
      alert,
      when: 'the scrapes of the target fail from the third minute on',
      series: [series(up, target, '1x5 0x475'), neighbour],
      at,
      notYet,
      fires: [{ labels: target, value: 0 }],
    },
    {
      alert,
      when: 'three consecutive scrapes of the target fail, and the next scrapes succeed',
      series: [series(up, target, '1x5 0x2 1x472'), neighbour],
      at,
    },
    {
      alert,
      when: 'the scrapes of the target failed, and then an operator removed the target',
      series: [series(up, target, '1x5 0x10 stale'), neighbour],
      at: '9m',
    },
  ];
}

/** Two clusters have targets of the same job. After 15 minutes, one cluster has no targets. */
const gone = {
  alert: 'TargetMissing',
  step: '5m',
  series: [
    series(up, nats, '1x2 stale'),
    series(up, { ...nats, instance: '10.0.0.17:7777' }, '1x2 stale'),
    series(up, { ...nats, ...clusters.edge }, steady(1)),
  ],
} as const;

export const targetCases: readonly AlertCase[] = [
  {
    alert: 'TargetMissing',
    when: 'the only target of a job has disappeared',
    series: [series(up, usdt, '1x20 stale'), series(up, pushgateway, steady(1))],
    at: '16m',
    notYet: '14m',
    fires: [{ labels: { job: jobs.usdtExporter }, value: 1 }],
  },
  {
    alert: 'TargetMissing',
    when: 'service discovery finds NATS of one cluster no longer, and still finds NATS of another cluster',
    series: [
      series(up, nats, '1x20 stale'),
      series(up, { ...nats, ...clusters.edge, job: jobs.edgeNatsExporter }, steady(1)),
    ],
    at: '16m',
    fires: [{ labels: { job: jobs.natsExporter, cluster }, value: 1 }],
  },
  {
    ...gone,
    when: 'both targets of a job disappeared fifty minutes ago, and another cluster still has targets of the job',
    at: '1h5m',
    fires: [{ labels: { job: jobs.natsExporter, cluster }, value: 1 }],
  },
  { ...gone, when: 'both targets of a job disappeared more than an hour ago', at: '1h30m' },
  {
    alert: 'TargetMissing',
    when: 'the scrapes of one target fail, and the pod of another target was replaced',
    series: [
      series(up, usdt, steady(0)),
      series(up, nats, '1x20 stale'),
      series(up, { ...nats, instance: '10.0.0.17:7777' }, '_x20 1x460'),
    ],
    at: '30m',
  },
  {
    alert: 'TargetMissing',
    when: 'an operator removed an edge, and the configuration no longer names its cluster',
    series: [series(up, { ...agent, cluster: 'branch' }, '1x20 stale'), series(up, agent, steady(1))],
    at: '30m',
  },
  {
    alert: 'TargetMissing',
    when: 'an operator removed an edge, and the configuration no longer names its jobs',
    series: [
      series(up, { ...nats, job: 'branch/nats' }, '1x20 stale'),
      series(up, { ...agent, job: 'branch/prometheus-agent' }, '1x20 stale'),
    ],
    at: '30m',
  },
  ...exporters.flatMap(([alert, target, { at, notYet }]) => downCases(alert, target, at, notYet)),
  {
    alert: 'ScrapeSlow',
    when: 'a scrape of the NATS exporter takes 9 s',
    series: [
      series(scrapeDuration, nats, steady(9)),
      series(up, nats, steady(1)),
      series(scrapeDuration, usdt, steady(0.02)),
      series(up, usdt, steady(1)),
    ],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: nats, value: 9 }],
  },
  {
    alert: 'ScrapeSlow',
    when: 'a target is down, therefore each scrape lasts until its time-out',
    series: [series(scrapeDuration, nats, steady(10)), series(up, nats, steady(0))],
    at: '20m',
  },
  {
    alert: 'ScrapeSlow',
    when: 'a scrape of a third-party target takes 9 s, and a scrape of our own target takes exactly 8 s',
    series: [
      series(scrapeDuration, { job: 'kubelet', instance: 'n1' }, steady(9)),
      series(up, { job: 'kubelet', instance: 'n1' }, steady(1)),
      series(scrapeDuration, nats, steady(8)),
      series(up, nats, steady(1)),
    ],
    at: '20m',
  },
  {
    alert: 'ScrapeNearSampleLimit',
    when: 'a target exposes 82 % of its limit from the third minute on, and another has no limit',
    series: [
      series(scrapeSamplesKept, nats, '1000x5 4100x60'),
      series(sampleLimit, nats, steady(5000)),
      series(scrapeSamplesKept, usdt, steady(4100)),
      series(sampleLimit, usdt, steady(0)),
    ],
    at: '14m',
    notYet: '12m',
    fires: [{ labels: nats, value: 0.82 }],
  },
  {
    alert: 'ScrapeNearSampleLimit',
    when: 'a target exposes four times its limit, and its scrapes fail',
    series: [
      series(scrapeSamplesKept, pushgateway, steady(20_000)),
      series(sampleLimit, pushgateway, steady(5000)),
      series(up, pushgateway, steady(0)),
    ],
    at: '14m',
    fires: [{ labels: pushgateway, value: 4 }],
  },
  {
    alert: 'ScrapeNearSampleLimit',
    when: 'a target exposes 80 % of its limit',
    series: [series(scrapeSamplesKept, nats, steady(4000)), series(sampleLimit, nats, steady(5000))],
    at: '20m',
  },
];
