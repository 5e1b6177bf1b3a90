import { clusters } from '../../../config/topology.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { agentMetrics, remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const { cluster, environment } = clusters.edge;
const agent = { cluster, environment, job: jobs.prometheusAgent, instance: '10.1.0.2:9095' } as const;
const primary = { ...clusters.primary, job: jobs.natsExporter, instance: '10.0.0.7:7777' } as const;
const central = { job: jobs.prometheus, instance: '10.0.0.2:9090' } as const;
const queue = { ...agent, remote_name: 'central', url: 'https://central/api/v1/write' } as const;
const { sent, failed, retried, dropped, highest, highestSent, shardsDesired, shardsMax } = remoteWriteMetrics;
const { configReloaded, tooOldSamples, outOfBoundSamples, outOfOrderSamples, walWritesFailed } =
  prometheusMetrics;
const { up } = targetMetrics;

const forTenMinutes = '1x20';

export const federationCases: readonly AlertCase[] = [
  {
    alert: 'EdgeClusterSilent',
    when: 'the samples of the edge stop, and the samples of the primary cluster continue',
    series: [series(up, agent, forTenMinutes), series(up, primary, steady(1))],
    at: '14m30s',
    notYet: '14m',
    fires: [{ labels: { cluster }, value: 270 }],
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'the edge has sent no samples for longer than an instant query looks back',
    series: [series(up, agent, forTenMinutes), series(up, primary, steady(1))],
    at: '40m',
    fires: [{ labels: { cluster }, value: 1800 }],
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'the configuration names an edge, and the edge has sent no samples for a quarter of an hour',
    series: [series(up, primary, steady(1))],
    at: '16m',
    notYet: '15m',
    fires: [{ labels: { cluster }, value: 1 }],
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'an edge has sent no samples for more than a day',
    step: '5m',
    series: [series(up, agent, '1x5'), series(up, primary, '1x400')],
    at: '1d2h',
    fires: [{ labels: { cluster }, value: 1 }],
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'the samples of the central cluster stop, and the samples of the edge continue',
    series: [series(up, agent, steady(1)), series(up, primary, forTenMinutes)],
    at: '40m',
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'an edge that the configuration no longer names has sent no samples since its removal',
    series: [series(up, agent, steady(1)), series(up, { ...agent, cluster: 'branch' }, forTenMinutes)],
    at: '40m',
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'the edge misses four scrapes, and its targets are down',
    series: [series(up, agent, '0x20 _x4 0x400')],
    at: '12m30s',
  },
  {
    alert: 'RemoteWriteBehind',
    when: 'the newest sent sample is 150 s older than the newest scraped sample',
    series: [series(highest, queue, '1000+30x100'), series(highestSent, queue, '850+30x100')],
    at: '10m30s',
    notYet: '9m30s',
    fires: [{ labels: { cluster, environment, remote_name: 'central' }, value: 150 }],
  },
  {
    alert: 'RemoteWriteBehind',
    when: 'the newest sent sample is exactly 120 s older than the newest scraped sample',
    series: [series(highest, queue, '1000+30x100'), series(highestSent, queue, '880+30x100')],
    at: '30m',
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'the receiver refuses one in four samples',
    series: [series(failed, queue, rising(25)), series(sent, queue, rising(100))],
    at: '11m',
    notYet: '10m',
    fires: [{ labels: queue, value: 0.25 }],
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'the receiver refuses every sample',
    series: [series(failed, queue, rising(100)), series(sent, queue, rising(100))],
    at: '11m',
    fires: [{ labels: queue, value: 1 }],
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'the receiver refuses one in two hundred samples',
    series: [series(failed, queue, rising(5)), series(sent, queue, rising(1000))],
    at: '30m',
  },
  {
    alert: 'RemoteWriteRetrying',
    when: 'the agent sends samples again for a quarter of an hour',
    series: [series(retried, queue, rising(300))],
    at: '16m',
    notYet: '15m',
    fires: [{ labels: queue, value: 10 }],
  },
  {
    alert: 'RemoteWriteRetrying',
    when: 'the receiver restarted once',
    series: [series(retried, queue, '0x10 500x400')],
    at: '16m',
  },
  {
    alert: 'RemoteWriteShardsSaturated',
    when: 'the load needs 60 shards, and the limit is 50 shards',
    series: [series(shardsDesired, queue, steady(60)), series(shardsMax, queue, steady(50))],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: queue, value: 60 }],
  },
  {
    alert: 'RemoteWriteShardsSaturated',
    when: 'the load needs 50 shards, and the limit is 50 shards',
    series: [series(shardsDesired, queue, steady(50)), series(shardsMax, queue, steady(50))],
    at: '30m',
  },
  {
    alert: 'RemoteWriteSamplesDropped',
    when: 'the agent drops samples as too old for the first time',
    series: [series(dropped, { ...queue, reason: 'too_old' }, '_x20 40x400')],
    at: '11m',
    fires: [{ labels: { ...queue, reason: 'too_old' }, value: 40 }],
  },
  {
    alert: 'RemoteWriteSamplesDropped',
    when: 'relabelling drops samples, and the agent dropped samples as too old an hour ago',
    series: [
      series(dropped, { ...queue, reason: 'dropped_series' }, rising(100)),
      series(dropped, { ...queue, reason: 'too_old' }, steady(40)),
    ],
    at: '1h',
  },
  {
    alert: 'OutOfOrderSamplesRejected',
    when: 'the central Prometheus refuses samples of every kind of lateness, one of each kind every half minute',
    series: [tooOldSamples, outOfBoundSamples, outOfOrderSamples].map((metric) =>
      series(metric, { ...central, type: 'float' }, rising(1)),
    ),
    at: '20m',
    fires: [{ labels: { instance: central.instance }, value: 90 }],
  },
  {
    alert: 'OutOfOrderSamplesRejected',
    when: 'the central Prometheus accepts late samples',
    series: [
      ...[tooOldSamples, outOfBoundSamples, outOfOrderSamples].map((metric) =>
        series(metric, { ...central, type: 'float' }, steady(12)),
      ),
      series(prometheusMetrics.outOfOrderAppended, { ...central, type: 'float' }, rising(100)),
    ],
    at: '20m',
  },
  {
    alert: 'AgentConfigReloadFailed',
    when: 'the agent refuses its new configuration',
    series: [series(configReloaded, agent, '1x5 0x400')],
    at: '13m',
    notYet: '12m30s',
    fires: [{ labels: agent, value: 0 }],
  },
  {
    alert: 'AgentConfigReloadFailed',
    when: 'the agent refuses a configuration and loads the next configuration',
    series: [series(configReloaded, agent, '1x5 0x10 1x400')],
    at: '13m',
  },
  {
    alert: 'AgentWalDamaged',
    when: 'writes to the write-ahead log fail',
    series: [series(agentMetrics.corruptions, agent, steady(0)), series(walWritesFailed, agent, rising(1))],
    at: '2h',
    fires: [{ labels: agent, value: 120 }],
  },
  {
    alert: 'AgentWalDamaged',
    when: 'the agent found damaged records more than three hours ago',
    series: [series(agentMetrics.corruptions, agent, '0x5 1x800'), series(walWritesFailed, agent, steady(0))],
    at: '3h10m',
  },
];
