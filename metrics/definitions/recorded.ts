import { defineMetrics } from '../definition.ts';

/**
 * Metrics that recording rules store. A metric with a colon in its name has no labels that identify a target, such as
 * `instance`.
 */
export const recorded = defineMetrics({
  totalStreams: {
    name: 'nats_jetstream_varz_stats_total_streams',
    type: 'gauge',
    unit: 'streams',
    help: 'JetStream streams on the server. A recording rule stores the metric of the exporter under this name.',
    labels: ['server_id', 'server_name', 'domain', 'meta_leader', 'is_meta_leader'],
  },
  inMsgs: {
    name: 'cluster:nats_varz_in_msgs:rate',
    type: 'gauge',
    unit: 'messages per second',
    help: 'Messages that NATS of a cluster receives per second.',
    labels: ['cluster', 'environment'],
  },
  outMsgs: {
    name: 'cluster:nats_varz_out_msgs:rate',
    type: 'gauge',
    unit: 'messages per second',
    help: 'Messages that NATS of a cluster delivers per second.',
    labels: ['cluster', 'environment'],
  },
  inBytes: {
    name: 'cluster:nats_varz_in_bytes:rate',
    type: 'gauge',
    unit: 'bytes per second',
    help: 'Bytes that NATS of a cluster receives per second.',
    labels: ['cluster', 'environment'],
  },
  outBytes: {
    name: 'cluster:nats_varz_out_bytes:rate',
    type: 'gauge',
    unit: 'bytes per second',
    help: 'Bytes that NATS of a cluster delivers per second.',
    labels: ['cluster', 'environment'],
  },
  connections: {
    name: 'cluster:nats_varz_connections:sum',
    type: 'gauge',
    unit: 'connections',
    help: 'Open client connections of NATS of a cluster.',
    labels: ['cluster', 'environment'],
  },
  jetStreamBytes: {
    name: 'cluster:nats_varz_jetstream_stats_storage:sum',
    type: 'gauge',
    unit: 'bytes',
    help: 'JetStream’s file storage in use in a cluster.',
    labels: ['cluster', 'environment'],
  },
  consumerLag: {
    name: 'consumer:nats_consumer_lag:seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Backlog in seconds: the number of undelivered messages, divided by the growth of the stream per second.',
    labels: ['cluster', 'environment', 'account', 'stream_name', 'consumer_name'],
  },
  remoteWriteLag: {
    name: 'cluster:remote_write_lag:seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Time between the newest sample that an agent scraped and the newest sample that it sent.',
    labels: ['cluster', 'environment', 'remote_name'],
  },
  configured: {
    name: 'cluster:configured:info',
    type: 'gauge',
    unit: 'boolean',
    help: '1 for each cluster that the configuration names: the central cluster and the edges.',
    labels: ['cluster', 'role'],
  },
  silence: {
    name: 'cluster:up:age_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Age of a cluster’s newest sample in the central Prometheus.',
    labels: ['cluster'],
  },
  dataAge: {
    name: 'cluster:nats_varz_connections:age_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Age of a cluster’s newest NATS sample in the central Prometheus.',
    labels: ['cluster'],
  },
  batchSuccess: {
    name: 'dag:airflow_data_processing_success:avg',
    type: 'gauge',
    unit: 'ratio',
    help: 'Share of the last hour (on the laptop: six minutes) in which the last run counted as a success.',
    labels: ['job', 'dag_id'],
  },
  batchYield: {
    name: 'dag:airflow_etl_load_records:ratio',
    type: 'gauge',
    unit: 'ratio',
    help: 'Loaded records, divided by extracted records.',
    labels: ['job', 'dag_id'],
  },
  volatility: {
    name: 'job:usdt_vnd_rate:volatility',
    type: 'gauge',
    unit: 'ratio',
    help: 'Standard deviation of the USDT/VND rate in the last hour (on the laptop: six minutes), divided by its mean.',
    labels: ['job'],
  },
  sloBad: {
    name: 'slo:bad:bool',
    type: 'gauge',
    unit: 'boolean',
    help: '1 while the condition of a service level objective is not met, otherwise 0.',
    labels: ['slo', 'cluster'],
  },
  errorBudget: {
    name: 'slo:error_budget:remaining',
    type: 'gauge',
    unit: 'ratio',
    help: 'Share of the error budget of a service level objective that is left; negative if the pipeline missed the objective.',
    labels: ['slo', 'cluster'],
  },
});
