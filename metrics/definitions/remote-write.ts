import { defineMetrics } from '../definition.ts';

const queueLabels = ['remote_name', 'url'] as const;

/** Metrics of the remote write of an agent. An agent has one queue for each receiver. */
export const remoteWriteMetrics = defineMetrics({
  sent: {
    name: 'prometheus_remote_storage_samples_total',
    type: 'counter',
    unit: 'samples',
    help: 'Samples in requests to the receiver, including rejected samples. A sample that is sent again counts again.',
    labels: queueLabels,
  },
  failed: {
    name: 'prometheus_remote_storage_samples_failed_total',
    type: 'counter',
    unit: 'samples',
    help: 'Samples that the receiver rejected permanently. The sender does not send them again.',
    labels: queueLabels,
  },
  retried: {
    name: 'prometheus_remote_storage_samples_retried_total',
    type: 'counter',
    unit: 'samples',
    help: 'Samples sent again after a temporary error.',
    labels: queueLabels,
  },
  dropped: {
    name: 'prometheus_remote_storage_samples_dropped_total',
    type: 'counter',
    unit: 'samples',
    help: 'Samples that the agent dropped and did not send, by reason.',
    labels: [...queueLabels, 'reason'],
  },
  pending: {
    name: 'prometheus_remote_storage_samples_pending',
    type: 'gauge',
    unit: 'samples',
    help: 'Samples that wait in the queue to be sent.',
    labels: queueLabels,
  },
  highest: {
    name: 'prometheus_remote_storage_queue_highest_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the newest sample in the queue, in seconds.',
    labels: queueLabels,
  },
  highestSent: {
    name: 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the newest sent sample, in seconds.',
    labels: queueLabels,
  },
  shards: {
    name: 'prometheus_remote_storage_shards',
    type: 'gauge',
    unit: 'shards',
    help: 'Shards (parallel connections) that send samples.',
    labels: queueLabels,
  },
  shardsDesired: {
    name: 'prometheus_remote_storage_shards_desired',
    type: 'gauge',
    unit: 'shards',
    help: 'Shards that the agent needs for the present load.',
    labels: queueLabels,
  },
  shardsMax: {
    name: 'prometheus_remote_storage_shards_max',
    type: 'gauge',
    unit: 'shards',
    help: 'Maximum number of shards that the agent may use.',
    labels: queueLabels,
  },
  bytes: {
    name: 'prometheus_remote_storage_bytes_total',
    type: 'counter',
    unit: 'bytes',
    help: 'Bytes sent, after compression.',
    labels: queueLabels,
  },
});

export const agentMetrics = defineMetrics({
  activeSeries: {
    name: 'prometheus_agent_active_series',
    type: 'gauge',
    unit: 'series',
    help: 'Series in the write-ahead log.',
    labels: [],
  },
  corruptions: {
    name: 'prometheus_agent_corruptions_total',
    type: 'counter',
    unit: 'corruptions',
    help: 'Corrupt places that the agent found in its write-ahead log.',
    labels: [],
  },
  samplesAppended: {
    name: 'prometheus_agent_samples_appended_total',
    type: 'counter',
    unit: 'samples',
    help: 'Samples appended to the write-ahead log.',
    labels: ['type'],
  },
});
