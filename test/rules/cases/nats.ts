import { clusters } from '../../../config/topology.ts';
import { jetStreamMetrics } from '../../../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, rising, series, steady } from '../case.ts';

const ofCluster = clusters.primary;
const target = { ...ofCluster, job: jobs.natsExporter, instance: '10.0.0.7:7777' } as const;
const edge = { ...clusters.edge, job: jobs.edgeNatsExporter, instance: '10.1.0.7:7777' } as const;
const server = { ...target, server_id: 'NA', server_name: 'nats-0' } as const;
const ofStream = { ...ofCluster, account: 'SHOP', stream_name: 'ORDERS' } as const;
const stream = { ...server, ...ofStream, is_stream_leader: 'true' } as const;
const ofConsumer = { ...ofStream, consumer_name: 'billing' } as const;
const consumer = { ...stream, ...ofConsumer, is_consumer_leader: 'true' } as const;
const follower = { ...consumer, instance: '10.0.0.8:7777', is_consumer_leader: 'false' } as const;

const { reportedConnections, start, slowConsumers, connections, maxConnections, inMsgs } = natsMetrics;
const { consumerPending, consumerDeliveredSeq, consumerRedelivered, streamLastSeq } = jetStreamMetrics;
const { scrapeDuration } = targetMetrics;
const up = series(targetMetrics.up, target, steady(1));

/**
 * Values of a metric in steps of 5 s, with a scrape every 30 s. From 5 s to 95 s the server is frozen, and scrapes time
 * out.
 */
const eachScrape = (healthy: string, hung: string, restarted: string) =>
  [`${healthy}x0`, ...Array(4).fill(`${hung} _x5`), `${restarted} _x5 ${restarted} _x5 ${restarted}`].join(
    ' ',
  );
const frozen = [
  series(targetMetrics.up, target, eachScrape('1', '0', '1')),
  series(scrapeDuration, target, eachScrape('0.1', '10', '0.1')),
  series(reportedConnections, target, eachScrape('3', 'stale', '3')),
] as const;

export const natsCases: readonly AlertCase[] = [
  {
    alert: 'NatsServerDown',
    when: 'the exporter answers with old varz values and without connz',
    series: [up, series(reportedConnections, target, '3x5 stale'), series(connections, target, steady(3))],
    at: '4m',
    notYet: '3m30s',
    fires: [{ labels: target, value: 1 }],
  },
  {
    alert: 'NatsServerDown',
    when: 'the exporter itself is down, and the server of another cluster has no clients',
    series: [
      series(targetMetrics.up, target, steady(0)),
      series(scrapeDuration, target, steady(0.002)),
      series(targetMetrics.up, edge, steady(1)),
      series(reportedConnections, edge, steady(0)),
    ],
    at: '20m',
  },
  {
    alert: 'NatsServerDown',
    when: 'the server is frozen for 125 s, the earliest time at which its liveness probe restarts it',
    // The first hanging scrape starts after 5 s. The last hanging scrape has timed out before the server restarts.
    step: '5s',
    series: frozen,
    at: '2m',
    notYet: '1m',
    fires: [{ labels: target, value: 0 }],
  },
  {
    alert: 'NatsServerDown',
    when: 'a server was frozen for 125 s, and it answers again after its restart',
    step: '5s',
    series: frozen,
    at: '3m',
  },
  {
    alert: 'NatsServerDown',
    when: 'an operator removed a server together with the exporter in its pod',
    series: [
      series(targetMetrics.up, target, '1x20 stale'),
      series(reportedConnections, target, '3x20 stale'),
    ],
    at: '30m',
  },
  {
    alert: 'NatsServerDown',
    when: 'one scrape times out',
    series: [
      series(targetMetrics.up, target, '1x10 0 1x400'),
      series(scrapeDuration, target, '0.1x10 10 0.1x400'),
      series(reportedConnections, target, '3x10 _ 3x400'),
    ],
    at: '6m30s',
  },
  {
    alert: 'NatsServerRestarted',
    when: 'an operator removed an existing server',
    series: [series(targetMetrics.up, target, '1x60 stale'), series(start, target, '0x60 stale')],
    at: '35m',
  },
  {
    alert: 'NatsServerRestarted',
    when: 'an existing server restarted five minutes ago',
    series: [up, series(start, target, '0x60 1800000x400')],
    at: '35m',
    fires: [{ labels: target, value: 300 }],
  },
  {
    alert: 'NatsServerRestarted',
    when: 'a cluster was installed with a new server',
    series: [up, series(start, target, steady(0))],
    at: '10m',
  },
  {
    alert: 'NatsSlowConsumers',
    when: 'the server disconnects two slow clients a minute',
    series: [series(slowConsumers, target, rising(1))],
    at: '20m',
    fires: [{ labels: target, value: 30 }],
  },
  {
    alert: 'NatsSlowConsumers',
    when: 'the server disconnected the last slow client half an hour ago',
    series: [series(slowConsumers, target, '0x5 2x470')],
    at: '35m',
  },
  {
    alert: 'NatsConnectionsNearLimit',
    when: '900 of 1000 connections are open',
    series: [series(connections, target, steady(900)), series(maxConnections, target, steady(1000))],
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: target, value: 0.9 }],
  },
  {
    alert: 'NatsConnectionsNearLimit',
    when: '800 of 1000 connections are open',
    series: [series(connections, target, steady(800)), series(maxConnections, target, steady(1000))],
    at: '20m',
  },
  {
    alert: 'NatsTrafficStopped',
    when: 'a cluster receives 100 messages a second for half an hour, then none',
    series: [series(inMsgs, target, '0+3000x60 180000x400')],
    at: '45m',
    notYet: '37m',
    fires: [{ labels: ofCluster, value: 0 }],
  },
  {
    alert: 'NatsTrafficStopped',
    when: 'an operator removed an edge with traffic',
    series: [series(inMsgs, edge, '0+3000x60 stale')],
    at: '36m30s',
  },
  {
    alert: 'NatsTrafficStopped',
    when: 'traffic falls to a tenth, and another cluster has always been idle',
    series: [series(inMsgs, target, '0+3000x60 180300+300x400'), series(inMsgs, edge, steady(7))],
    at: '1h',
  },
  {
    alert: 'JetStreamStorageNearLimit',
    when: '90 % of the file storage is in use',
    series: [
      series(natsMetrics.jetStreamStorage, target, steady(9e9)),
      series(natsMetrics.jetStreamMaxStorage, target, steady(1e10)),
    ],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: target, value: 0.9 }],
  },
  {
    alert: 'JetStreamStorageNearLimit',
    when: '80 % of the file storage is in use, and a server without file storage has a limit of 0',
    series: [
      series(natsMetrics.jetStreamStorage, target, steady(8e9)),
      series(natsMetrics.jetStreamMaxStorage, target, steady(1e10)),
      series(natsMetrics.jetStreamStorage, edge, steady(0)),
      series(natsMetrics.jetStreamMaxStorage, edge, steady(0)),
    ],
    at: '20m',
  },
  {
    alert: 'JetStreamMemoryNearLimit',
    when: '90 % of the memory storage is in use',
    series: [
      series(natsMetrics.jetStreamMemory, target, steady(9e6)),
      series(natsMetrics.jetStreamMaxMemory, target, steady(1e7)),
    ],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: target, value: 0.9 }],
  },
  {
    alert: 'JetStreamMemoryNearLimit',
    when: '80 % of the memory storage is in use',
    series: [
      series(natsMetrics.jetStreamMemory, target, steady(8e6)),
      series(natsMetrics.jetStreamMaxMemory, target, steady(1e7)),
    ],
    at: '20m',
  },
  {
    alert: 'JetStreamDisabled',
    when: 'a server runs without JetStream',
    series: [series(jetStreamMetrics.disabled, server, steady(1))],
    at: '1m',
    notYet: '30s',
    fires: [{ labels: server, value: 1 }],
  },
  {
    alert: 'JetStreamDisabled',
    when: 'an operator removed a server without JetStream',
    series: [series(jetStreamMetrics.disabled, server, '1x20 stale')],
    at: '11m',
  },
  {
    alert: 'JetStreamDisabled',
    when: 'JetStream is on',
    series: [series(jetStreamMetrics.disabled, server, steady(0))],
    at: '10m',
  },
  {
    alert: 'NatsConsumerLagging',
    when: '4000 messages wait in a stream that grows by 10 a second',
    series: [series(consumerPending, consumer, steady(4000)), series(streamLastSeq, stream, rising(300))],
    at: '11m',
    notYet: '9m30s',
    fires: [{ labels: ofConsumer, value: 400 }],
  },
  {
    alert: 'NatsConsumerLagging',
    when: '4000 messages wait in a stream that grows by 20 a second',
    series: [series(consumerPending, consumer, steady(4000)), series(streamLastSeq, stream, rising(600))],
    at: '30m',
  },
  {
    alert: 'NatsConsumerStalled',
    when: 'messages wait for a consumer, and no message is delivered',
    series: [
      series(consumerPending, consumer, rising(10)),
      series(consumerPending, follower, rising(12)),
      series(consumerDeliveredSeq, consumer, steady(77)),
    ],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: ofConsumer, value: 120 }],
  },
  {
    alert: 'NatsConsumerStalled',
    when: 'one consumer works on its backlog, and another has nothing to do',
    series: [
      series(consumerPending, consumer, steady(50)),
      series(consumerDeliveredSeq, consumer, rising(1)),
      series(consumerPending, { ...consumer, consumer_name: 'audit' }, steady(0)),
      series(consumerDeliveredSeq, { ...consumer, consumer_name: 'audit' }, steady(5)),
    ],
    at: '30m',
  },
  {
    alert: 'NatsConsumerRedelivering',
    when: '25 messages are delivered repeatedly and never acknowledged',
    series: [series(consumerRedelivered, consumer, steady(25))],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: ofConsumer, value: 25 }],
  },
  {
    alert: 'NatsConsumerRedelivering',
    when: 'ten messages do',
    series: [series(consumerRedelivered, consumer, steady(10))],
    at: '30m',
  },
];

const second = { ...target, instance: '10.0.0.8:7777' } as const;

export const natsRecordings: readonly RecordingCase[] = [
  {
    record: recorded.totalStreams.name,
    when: 'a server has two streams',
    series: [series(jetStreamMetrics.streams, server, steady(2))],
    at: '5m',
    stores: [{ labels: server, value: 2 }],
  },
  {
    record: recorded.connections.name,
    when: 'two servers of a cluster have clients',
    series: [series(connections, target, steady(3)), series(connections, second, steady(4))],
    at: '5m',
    stores: [{ labels: ofCluster, value: 7 }],
  },
  ...(
    [
      [recorded.inMsgs, natsMetrics.inMsgs],
      [recorded.outMsgs, natsMetrics.outMsgs],
      [recorded.inBytes, natsMetrics.inBytes],
      [recorded.outBytes, natsMetrics.outBytes],
    ] as const
  ).map(([record, metric]) => ({
    record: record.name,
    when: 'one server counts 2 a second, and another server of the cluster counts 4 a second',
    series: [series(metric, target, rising(60)), series(metric, second, rising(120))],
    at: '10m',
    stores: [{ labels: ofCluster, value: 6 }],
  })),
  {
    record: recorded.jetStreamBytes.name,
    when: 'two servers of a cluster store bytes',
    series: [
      series(natsMetrics.jetStreamStorage, target, steady(100)),
      series(natsMetrics.jetStreamStorage, second, steady(50)),
    ],
    at: '5m',
    stores: [{ labels: ofCluster, value: 150 }],
  },
  {
    record: recorded.consumerLag.name,
    when: 'leader and follower report a backlog, and one stream does not grow',
    series: [
      series(consumerPending, consumer, steady(600)),
      series(consumerPending, follower, steady(640)),
      series(streamLastSeq, stream, rising(60)),
      series(consumerPending, { ...consumer, stream_name: 'IDLE' }, steady(5)),
      series(streamLastSeq, { ...stream, stream_name: 'IDLE' }, steady(5)),
    ],
    at: '10m',
    stores: [{ labels: ofConsumer, value: 300 }],
  },
];
