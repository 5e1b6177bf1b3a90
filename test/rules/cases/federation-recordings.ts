import { clusters } from '../../../config/topology.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type RecordingCase, series, steady } from '../case.ts';

const { cluster, environment } = clusters.edge;
const agent = { cluster, environment, job: jobs.prometheusAgent, instance: '10.1.0.2:9095' } as const;
const nats = { ...agent, job: jobs.edgeNatsExporter } as const;
const primary = { ...clusters.primary, job: jobs.natsExporter, instance: '10.0.0.7:7777' } as const;
const central = { job: jobs.prometheus, instance: '10.0.0.2:9090' } as const;
const queue = { ...agent, remote_name: 'central', url: 'https://central/api/v1/write' } as const;
const { highest, highestSent } = remoteWriteMetrics;
const { up } = targetMetrics;

const forTenMinutes = '1x20';

export const federationRecordings: readonly RecordingCase[] = [
  {
    record: recorded.configured.name,
    when: 'the configuration names the primary cluster and one edge',
    series: [series(up, primary, steady(1))],
    at: '5m',
    stores: [
      { labels: { cluster: primary.cluster, role: 'central' }, value: 1 },
      { labels: { cluster, role: 'edge' }, value: 1 },
    ],
  },
  {
    record: recorded.silence.name,
    when: 'an edge that the configuration no longer names sends no samples',
    series: [series(up, primary, steady(1)), series(up, { ...agent, cluster: 'branch' }, forTenMinutes)],
    at: '1h',
    stores: [{ labels: { cluster: primary.cluster }, value: 0 }],
  },
  {
    record: recorded.dataAge.name,
    when: 'an edge that the configuration no longer names sends no NATS samples',
    series: [
      series(natsMetrics.connections, primary, steady(3)),
      series(natsMetrics.connections, { ...nats, cluster: 'branch' }, '3x20 stale'),
    ],
    at: '25m',
    stores: [{ labels: { cluster: primary.cluster }, value: 0 }],
  },
  {
    record: recorded.silence.name,
    when: 'one cluster sends samples, and another cluster has sent no samples for 50 minutes',
    series: [
      series(up, agent, forTenMinutes),
      series(up, primary, steady(1)),
      series(up, central, steady(1)),
    ],
    at: '1h',
    stores: [
      { labels: { cluster }, value: 3000 },
      { labels: { cluster: primary.cluster }, value: 0 },
    ],
  },
  {
    record: recorded.dataAge.name,
    when: 'the agent runs, and its NATS exporter has had no samples for 15 minutes',
    series: [series(up, agent, steady(1)), series(natsMetrics.connections, nats, '3x20 stale')],
    at: '25m',
    stores: [{ labels: { cluster }, value: 900 }],
  },
  {
    record: recorded.remoteWriteLag.name,
    when: 'the newest sent sample is 42 s older than the newest scraped sample',
    series: [series(highest, queue, '1042+30x100'), series(highestSent, queue, '1000+30x100')],
    at: '10m',
    stores: [{ labels: { cluster, environment, remote_name: 'central' }, value: 42 }],
  },
  ...[
    { record: recorded.silence, metric: up },
    { record: recorded.dataAge, metric: natsMetrics.connections },
  ].flatMap(({ record, metric }): RecordingCase[] => [
    {
      record: record.name,
      when: 'a target of each cluster stopped first, and another target of the edge stopped two minutes later',
      series: [
        series(metric, nats, '1x20'),
        series(metric, { ...nats, instance: '10.1.0.9:7777' }, '1x24'),
        series(metric, { ...primary, instance: '10.0.0.9:7777' }, '1x111'),
        series(metric, primary, '1x115'),
        series(metric, central, '1x115'),
      ],
      at: '58m',
      stores: [
        { labels: { cluster }, value: 2760 },
        { labels: { cluster: primary.cluster }, value: 30 },
      ],
    },
    {
      record: record.name,
      when: 'a cluster has sent no samples for 13 hours',
      step: '5m',
      series: [series(metric, nats, '1x12')],
      at: '14h',
      stores: [{ labels: { cluster }, value: 46_800 }],
    },
    {
      record: record.name,
      when: 'a cluster has sent no samples for more than a day',
      step: '5m',
      series: [series(metric, nats, '1x5')],
      at: '1d2h',
      stores: [],
    },
  ]),
  {
    record: recorded.remoteWriteLag.name,
    when: 'the clock of one edge was ahead and is correct again, and a second agent has a smaller lag',
    series: [
      series(highest, queue, '20000x6 9042x5 1000x20'),
      series(highestSent, queue, '19000x6 9000x5 1000x20'),
      series(highest, { ...queue, instance: '10.1.0.3:9095' }, '1010x30'),
      series(highestSent, { ...queue, instance: '10.1.0.3:9095' }, '1000x30'),
    ],
    at: '10m',
    stores: [{ labels: { cluster, environment, remote_name: 'central' }, value: 42 }],
  },
];
