import { clusters } from '../../../config/topology.ts';
import { jetStreamMetrics } from '../../../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
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
/** The exporter of a former leader repeats the last values of the consumer. */
const formerLeader = { ...consumer, instance: '10.0.0.9:7777' } as const;

const { consumerPending, consumerDeliveredSeq, consumerRedelivered, streamLastSeq } = jetStreamMetrics;

export const jetStreamCases: readonly AlertCase[] = [
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
    when: '85 % of the file storage is in use, and a server without a file store still uses a byte',
    series: [
      series(natsMetrics.jetStreamStorage, target, steady(8.5e9)),
      series(natsMetrics.jetStreamMaxStorage, target, steady(1e10)),
      series(natsMetrics.jetStreamStorage, edge, steady(1)),
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
    when: '85 % of the memory storage is in use, and a server without a memory store still uses a byte',
    series: [
      series(natsMetrics.jetStreamMemory, target, steady(8.5e6)),
      series(natsMetrics.jetStreamMaxMemory, target, steady(1e7)),
      series(natsMetrics.jetStreamMemory, edge, steady(1)),
      series(natsMetrics.jetStreamMaxMemory, edge, steady(0)),
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
    when: '3200 messages wait in a stream that grows by 10 a second',
    series: [series(consumerPending, consumer, steady(3200)), series(streamLastSeq, stream, rising(300))],
    at: '11m',
    notYet: '9m30s',
    fires: [{ labels: ofConsumer, value: 320 }],
  },
  {
    alert: 'NatsConsumerLagging',
    when: '4000 messages wait in a stream that grows by 20 a second',
    series: [series(consumerPending, consumer, steady(4000)), series(streamLastSeq, stream, rising(600))],
    at: '30m',
  },
  {
    alert: 'NatsConsumerLagging',
    when: 'the backlog of a consumer holds exactly five minutes of messages',
    series: [series(recorded.consumerLag, ofConsumer, steady(300))],
    at: '12m',
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
    alert: 'NatsConsumerStalled',
    when: 'one message waits, the delivery stopped after five minutes, and a follower still catches up',
    series: [
      series(consumerPending, consumer, steady(1)),
      series(consumerPending, formerLeader, steady(0)),
      series(consumerDeliveredSeq, consumer, '0+1x10 10x40'),
      series(consumerDeliveredSeq, formerLeader, steady(0)),
      series(consumerDeliveredSeq, follower, rising(1)),
    ],
    at: '14m30s',
    notYet: '14m',
    fires: [{ labels: ofConsumer, value: 1 }],
  },
  {
    alert: 'NatsConsumerStalled',
    when: 'the new leader of a consumer delivers, and the former leader repeats its last values',
    series: [
      series(consumerPending, consumer, steady(50)),
      series(consumerPending, formerLeader, steady(60)),
      series(consumerDeliveredSeq, consumer, rising(1)),
      series(consumerDeliveredSeq, formerLeader, steady(7)),
    ],
    at: '15m',
  },
  {
    alert: 'NatsConsumerRedelivering',
    when: 'twelve messages are delivered repeatedly and never acknowledged, and the former leader reports none',
    series: [
      series(consumerRedelivered, consumer, steady(12)),
      series(consumerRedelivered, formerLeader, steady(0)),
    ],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: ofConsumer, value: 12 }],
  },
  {
    alert: 'NatsConsumerRedelivering',
    when: 'ten messages are delivered repeatedly, and a follower reports more',
    series: [
      series(consumerRedelivered, consumer, steady(10)),
      series(consumerRedelivered, follower, steady(30)),
    ],
    at: '30m',
  },
];

export const jetStreamRecordings: readonly RecordingCase[] = [
  {
    record: recorded.totalStreams.name,
    when: 'a server has two streams',
    series: [series(jetStreamMetrics.streams, server, steady(2))],
    at: '5m',
    stores: [{ labels: server, value: 2 }],
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
  {
    record: recorded.consumerLag.name,
    when: 'a stream got 150 messages within five minutes, two servers call themselves leader, and streams of the same name exist elsewhere',
    series: [
      series(consumerPending, consumer, steady(30)),
      series(consumerPending, formerLeader, steady(20)),
      series(streamLastSeq, stream, '0x12 150x8'),
      series(streamLastSeq, { ...stream, instance: formerLeader.instance }, steady(9)),
      series(
        streamLastSeq,
        { ...stream, instance: follower.instance, is_stream_leader: 'false' },
        rising(90),
      ),
      series(streamLastSeq, { ...stream, cluster: 'branch' }, rising(60)),
      series(streamLastSeq, { ...stream, environment: 'staging' }, rising(60)),
      series(streamLastSeq, { ...stream, account: 'BANK' }, rising(60)),
    ],
    at: '10m',
    stores: [{ labels: ofConsumer, value: 60 }],
  },
];
