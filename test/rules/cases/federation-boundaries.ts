import { clusters } from '../../../config/topology.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { agentMetrics, remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series } from '../case.ts';

const { cluster, environment } = clusters.edge;
const agent = { cluster, environment, job: jobs.prometheusAgent, instance: '10.1.0.2:9095' } as const;
const secondAgent = { ...agent, instance: '10.1.0.3:9095' } as const;
const central = { job: jobs.prometheus, instance: '10.0.0.2:9090' } as const;
const ofQueue = { remote_name: 'central', url: 'https://central/api/v1/write' } as const;
const queue = { ...agent, ...ofQueue } as const;
const tooOld = { ...queue, reason: 'too_old' } as const;
const { sent, failed, retried, dropped } = remoteWriteMetrics;
const { configReloaded, tooOldSamples, outOfBoundSamples, outOfOrderSamples, walWritesFailed } =
  prometheusMetrics;
const { up } = targetMetrics;

export const federationBoundaryCases: readonly AlertCase[] = [
  {
    alert: 'EdgeClusterSilent',
    when: 'an edge has sent no samples for 13 hours',
    step: '5m',
    series: [series(up, agent, '1x12')],
    at: '14h',
    fires: [{ labels: { cluster }, value: 46_800 }],
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'slightly more than 1 % of the samples are refused',
    series: [series(failed, queue, '0+11x30'), series(sent, queue, '0+1000x30')],
    at: '11m',
    fires: [{ labels: queue, value: 0.011 }],
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'exactly 1 % of the samples are refused',
    series: [series(failed, queue, rising(1)), series(sent, queue, rising(100))],
    at: '20m',
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'the number of samples doubled two minutes ago, and one in ten is refused',
    series: [series(failed, queue, '0+1x26 28+2x20'), series(sent, queue, '0+10x26 280+20x20')],
    at: '15m',
    fires: [{ labels: queue, value: 0.1 }],
  },
  {
    alert: 'RemoteWriteRetrying',
    when: 'the agent sends half a sample a second again, and four times as many since two minutes ago',
    series: [series(retried, queue, '0+15x26 450+60x20')],
    at: '16m',
    fires: [{ labels: queue, value: 405 / 270 }],
  },
  {
    alert: 'RemoteWriteRetrying',
    when: 'the central Prometheus also writes to a receiver, and sends samples again',
    series: [series(retried, { ...central, ...ofQueue }, '0+300x50')],
    at: '20m',
  },
  {
    alert: 'RemoteWriteSamplesDropped',
    when: 'the agent drops one sample as too old for the first time, nine minutes ago',
    series: [series(dropped, tooOld, '_x20 1x40')],
    at: '19m30s',
    fires: [{ labels: tooOld, value: 1 }],
  },
  {
    alert: 'RemoteWriteSamplesDropped',
    when: 'the counter of samples that are too old exists, and rose by 1 nine minutes ago',
    series: [series(dropped, tooOld, '0x40 1x40')],
    at: '30m',
    fires: [{ labels: tooOld, value: 1 }],
  },
  {
    alert: 'RemoteWriteSamplesDropped',
    when: 'two agents dropped samples more than 15 minutes ago, and the central Prometheus drops samples',
    series: [
      series(dropped, tooOld, '_x36 40x60'),
      series(dropped, { ...tooOld, ...secondAgent }, '0x40 1x60'),
      series(dropped, { ...central, ...ofQueue, reason: 'too_old' }, '0+1x80'),
      series(dropped, { ...central, ...ofQueue, reason: 'unintentionally_dropped_series' }, '_x70 5x20'),
      series(dropped, { ...queue, reason: 'unintentionally_dropped_series' }, '_x70 0x20'),
    ],
    at: '38m',
  },
  ...[tooOldSamples, outOfBoundSamples, outOfOrderSamples].flatMap((metric): AlertCase[] => [
    {
      alert: 'OutOfOrderSamplesRejected',
      when: `${metric.name} rose by 1, and the other counters did not rise`,
      series: [
        ...[tooOldSamples, outOfBoundSamples, outOfOrderSamples]
          .filter((other) => other !== metric)
          .map((other) => series(other, { ...central, type: 'float' }, '0x40')),
        series(metric, { ...central, type: 'float' }, '0x10 1x30'),
      ],
      at: '10m',
      fires: [{ labels: { instance: central.instance }, value: 1 }],
    },
    {
      alert: 'OutOfOrderSamplesRejected',
      when: `${metric.name} rises in an agent with the address of the central Prometheus`,
      series: [
        ...[tooOldSamples, outOfBoundSamples, outOfOrderSamples].map((other) =>
          series(other, { ...central, type: 'float' }, '0x40'),
        ),
        series(metric, { ...agent, instance: central.instance, type: 'float' }, '0+1x40'),
      ],
      at: '10m',
    },
  ]),
  {
    alert: 'OutOfOrderSamplesRejected',
    when: 'the central Prometheus refuses floats and histograms, one of each kind every half minute',
    series: [tooOldSamples, outOfBoundSamples, outOfOrderSamples].flatMap((metric) =>
      ['float', 'histogram'].map((type) => series(metric, { ...central, type }, '0+1x50')),
    ),
    at: '20m',
    fires: [{ labels: { instance: central.instance }, value: 180 }],
  },
  {
    alert: 'AgentConfigReloadFailed',
    when: 'the central Prometheus refuses its new configuration',
    series: [series(configReloaded, central, '0x50')],
    at: '20m',
  },
  ...(
    [
      { metric: agentMetrics.corruptions, window: 'three hours', inside: '3h', outside: '3h20m' },
      { metric: walWritesFailed, window: 'an hour', inside: '1h', outside: '1h20m' },
    ] as const
  ).flatMap(({ metric, window, inside, outside }): AlertCase[] => [
    {
      alert: 'AgentWalDamaged',
      when: `${metric.name} rose by 1 less than ${window} ago`,
      step: '5m',
      series: [series(metric, agent, '0x1 1x50')],
      at: inside,
      fires: [{ labels: agent, value: 1 }],
    },
    {
      alert: 'AgentWalDamaged',
      when: `${metric.name} rose more than ${window} ago, and rises in the central Prometheus`,
      step: '5m',
      series: [series(metric, agent, '0x1 1x50'), series(metric, central, '0+1x50')],
      at: outside,
    },
  ]),
];
