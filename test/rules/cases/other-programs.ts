import { batchJob, clusters, etlDagId } from '../../../config/topology.ts';
import { batchMetrics } from '../../../metrics/definitions/batch.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { nodeMetrics } from '../../../metrics/definitions/node.ts';
import { processMetrics } from '../../../metrics/definitions/process.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { thanosCompactMetrics } from '../../../metrics/definitions/thanos.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, rising, series, steady } from '../case.ts';

/* In each test case, the tested rule must ignore some series, for example the series of another team. */

const other = { job: 'another-team', instance: '10.2.0.7:9090' } as const;
const { cluster, environment } = clusters.edge;
const agent = { cluster, environment, job: jobs.prometheusAgent, instance: '10.1.0.2:9095' } as const;
const ofQueue = { remote_name: 'central', url: 'https://central/api/v1/write' } as const;
const foreignQueue = { ...other, cluster, environment, ...ofQueue } as const;
const compactor = { job: jobs.thanosCompactor, instance: 'compactor-0:10902' } as const;
const gateway = { job: jobs.pushgateway, instance: '10.0.0.9:9091' } as const;
const disk = { job: jobs.nodeExporter, instance: 'n1', device: '/dev/sda1', fstype: 'ext4' } as const;
const { up, scrapeDuration } = targetMetrics;
const { filesystemAvailable, filesystemSize } = nodeMetrics;
const { iterations, halted } = thanosCompactMetrics;
const { headSeries, ruleGroupDuration, ruleGroupInterval } = prometheusMetrics;

const objectives = [
  { prefix: 'FreshnessSlo', labels: { slo: 'freshness', cluster } },
  { prefix: 'PushSlo', labels: { slo: 'push' } },
  { prefix: 'ExporterSlo', labels: { slo: 'exporter' } },
] as const;

const otherObjective = objectives.flatMap(({ prefix, labels }) =>
  (['Fast', 'Slow'] as const).map((speed) => ({
    alert: `${prefix}Burning${speed}`,
    when: 'the objective holds, and another objective is broken all the time',
    series: [
      series(recorded.sloBad, labels, '0x120'),
      series(recorded.sloBad, { ...labels, slo: 'another' }, '1x120'),
    ],
    at: '1h',
  })),
);

export const otherProgramCases: readonly AlertCase[] = [
  ...otherObjective,
  {
    alert: 'TargetMissing',
    when: 'a job that the configuration does not name has disappeared, and another unknown job has a target',
    series: [series(up, other, '1x20 stale'), series(up, { ...other, job: 'a-third-team' }, steady(1))],
    at: '30m',
  },
  {
    alert: 'NatsServerDown',
    when: 'the scrapes of a NATS exporter of another team last until the timeout',
    series: [
      series(up, other, steady(0)),
      series(scrapeDuration, other, steady(10)),
      series(natsMetrics.connections, other, steady(3)),
    ],
    at: '20m',
  },
  {
    alert: 'EdgeClusterSilent',
    when: 'an operator removed an edge from the configuration fourteen minutes ago',
    series: [
      series(recorded.configured, { cluster: 'branch', role: 'edge' }, '1x2 stale'),
      series(up, agent, steady(1)),
    ],
    at: '15m30s',
  },
  {
    alert: 'RemoteWriteFailing',
    when: 'the receiver refuses the samples of an agent of another team',
    series: [
      series(remoteWriteMetrics.failed, foreignQueue, rising(1)),
      series(remoteWriteMetrics.sent, foreignQueue, rising(2)),
    ],
    at: '30m',
  },
  {
    alert: 'RemoteWriteShardsSaturated',
    when: 'an agent of another team needs more shards than its limit',
    series: [
      series(remoteWriteMetrics.shardsDesired, foreignQueue, steady(80)),
      series(remoteWriteMetrics.shardsMax, foreignQueue, steady(50)),
    ],
    at: '30m',
  },
  {
    alert: 'BatchRunMissing',
    when: 'the environment’s own batch has never reported, and groups exist of the job with another DAG and of another job',
    series: [
      series(processMetrics.startTime, gateway, steady(30)),
      series(batchMetrics.success, { job: batchJob, dag_id: 'other_dag' }, steady(1)),
      series(batchMetrics.success, { job: 'payroll', dag_id: etlDagId }, steady(1)),
    ],
    at: '1h21m',
    fires: [{ labels: { job: batchJob, dag_id: etlDagId }, value: 4830 }],
  },
  {
    alert: 'PushgatewayRestarted',
    when: 'a Pushgateway of another team restarted four minutes ago',
    series: [
      series(up, other, steady(1)),
      series(processMetrics.startTime, other, '0x60 1800x400'),
      series(up, gateway, steady(1)),
      series(processMetrics.startTime, gateway, steady(0)),
    ],
    at: '34m',
  },
  {
    alert: 'RuleGroupSlow',
    when: 'a Prometheus of another team takes its whole interval for a group',
    series: [
      series(ruleGroupDuration, { ...other, rule_group: 'a' }, steady(30)),
      series(ruleGroupInterval, { ...other, rule_group: 'a' }, steady(30)),
    ],
    at: '30m',
  },
  {
    alert: 'PrometheusSeriesGrowing',
    when: 'a Prometheus of another team has ten times as many series as a day ago',
    step: '10m',
    series: [series(headSeries, other, '100000x143 1000000x20')],
    at: '1d1h30m',
  },
  {
    alert: 'DiskFilling',
    when: 'half of a disk is free and fills up within three hours, and a file system under /run is full',
    step: '10m',
    series: [
      series(filesystemAvailable, { ...disk, mountpoint: '/' }, '990000000000-30000000000x60'),
      series(filesystemSize, { ...disk, mountpoint: '/' }, steady(1e12)),
      series(filesystemAvailable, { ...disk, mountpoint: '/run/lock' }, '0x60'),
      series(filesystemSize, { ...disk, mountpoint: '/run/lock' }, steady(1e9)),
    ],
    at: '2h40m',
  },
  {
    alert: 'ThanosCompactionStalled',
    when: 'a compactor of another team completes no pass, and the first pass of our new compactor has taken five hours so far',
    step: '10m',
    series: [
      series(up, other, steady(1)),
      series(iterations, other, steady(3)),
      series(halted, other, steady(0)),
      series(up, compactor, '_x30 1x100'),
      series(iterations, compactor, '_x30 0x100'),
    ],
    at: '10h',
  },
];

export const otherProgramRecordings: readonly RecordingCase[] = [
  {
    record: recorded.remoteWriteLag.name,
    when: 'an agent of another team is behind',
    series: [
      series(remoteWriteMetrics.highest, foreignQueue, '1042+30x100'),
      series(remoteWriteMetrics.highestSent, foreignQueue, '1000+30x100'),
    ],
    at: '10m',
    stores: [],
  },
];
