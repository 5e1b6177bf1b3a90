import { defineMetrics } from '../definition.ts';

const serverLabels = [
  'server_id',
  'server_name',
  'cluster',
  'domain',
  'meta_leader',
  'is_meta_leader',
] as const;
const streamLabels = [
  ...serverLabels,
  'account',
  'account_name',
  'account_id',
  'stream_name',
  'stream_leader',
  'is_stream_leader',
  'stream_raft_group',
] as const;
const consumerLabels = [
  ...streamLabels,
  'consumer_name',
  'consumer_leader',
  'is_consumer_leader',
  'consumer_desc',
] as const;

/**
 * Metrics of the NATS endpoint `/jsz`.
 * - Every replica of a stream reports values, but only the leader reports exact values.
 * - Prometheus renames the label `cluster` (the NATS cluster) to `exported_cluster`.
 */
export const jetStreamMetrics = defineMetrics({
  streams: {
    name: 'nats_server_total_streams',
    type: 'gauge',
    unit: 'streams',
    help: 'Streams on the server.',
    labels: serverLabels,
  },
  disabled: {
    name: 'nats_server_jetstream_disabled',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if JetStream is off.',
    labels: serverLabels,
  },
  streamMessages: {
    name: 'nats_stream_total_messages',
    type: 'gauge',
    unit: 'messages',
    help: 'Messages stored in the stream.',
    labels: streamLabels,
  },
  streamBytes: {
    name: 'nats_stream_total_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Bytes stored in the stream.',
    labels: streamLabels,
  },
  streamLastSeq: {
    name: 'nats_stream_last_seq',
    type: 'gauge',
    unit: 'messages',
    help: 'Sequence number of the stream’s newest message.',
    labels: streamLabels,
  },
  consumerPending: {
    name: 'nats_consumer_num_pending',
    type: 'gauge',
    unit: 'messages',
    help: 'Messages not yet delivered to the consumer.',
    labels: consumerLabels,
  },
  consumerAckPending: {
    name: 'nats_consumer_num_ack_pending',
    type: 'gauge',
    unit: 'messages',
    help: 'Messages delivered and not yet acknowledged.',
    labels: consumerLabels,
  },
  consumerRedelivered: {
    name: 'nats_consumer_num_redelivered',
    type: 'gauge',
    unit: 'messages',
    help: 'Messages delivered more than once and not yet acknowledged.',
    labels: consumerLabels,
  },
  consumerDeliveredSeq: {
    name: 'nats_consumer_delivered_stream_seq',
    type: 'gauge',
    unit: 'messages',
    help: 'Stream sequence number that was delivered last.',
    labels: consumerLabels,
  },
  consumerAckFloor: {
    name: 'nats_consumer_ack_floor_stream_seq',
    type: 'gauge',
    unit: 'messages',
    help: 'Stream sequence number up to which the consumer has acknowledged all messages.',
    labels: consumerLabels,
  },
});
