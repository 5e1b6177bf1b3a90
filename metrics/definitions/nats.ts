import { defineMetrics } from '../definition.ts';

/**
 * Metrics that the NATS exporter reads from the pages `/varz` and `/connz` of a NATS server. All are gauges, even
 * metrics that only increase. While the server is down, exporter 0.20.1 repeats the last values from `/varz`. The
 * metrics from `/connz` are then absent.
 */
export const natsMetrics = defineMetrics({
  connections: {
    name: 'nats_varz_connections',
    type: 'gauge',
    unit: 'connections',
    help: 'Client connections that are open.',
    labels: ['server_id'],
  },
  maxConnections: {
    name: 'nats_varz_max_connections',
    type: 'gauge',
    unit: 'connections',
    help: 'Maximum number of client connections that the server allows.',
    labels: ['server_id'],
  },
  totalConnections: {
    name: 'nats_varz_total_connections',
    type: 'gauge',
    unit: 'connections',
    help: 'Client connections since the start of the server.',
    labels: ['server_id'],
  },
  subscriptions: {
    name: 'nats_varz_subscriptions',
    type: 'gauge',
    unit: 'subscriptions',
    help: 'Subscriptions, including the server’s own.',
    labels: ['server_id'],
  },
  inMsgs: {
    name: 'nats_varz_in_msgs',
    type: 'gauge',
    unit: 'messages',
    help: 'Messages received since the start of the server.',
    labels: ['server_id'],
  },
  outMsgs: {
    name: 'nats_varz_out_msgs',
    type: 'gauge',
    unit: 'messages',
    help: 'Messages delivered since the start of the server.',
    labels: ['server_id'],
  },
  inBytes: {
    name: 'nats_varz_in_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Bytes received since the start of the server.',
    labels: ['server_id'],
  },
  outBytes: {
    name: 'nats_varz_out_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Bytes delivered since the start of the server.',
    labels: ['server_id'],
  },
  monitorRequests: {
    name: 'nats_varz_http_req_stats_varz',
    type: 'gauge',
    unit: 'requests',
    help: 'Requests for /varz since the start of the server.',
    labels: ['server_id'],
  },
  slowConsumers: {
    name: 'nats_varz_slow_consumers',
    type: 'gauge',
    unit: 'clients',
    help: 'Clients that the server disconnected since its start, because they read too slowly.',
    labels: ['server_id'],
  },
  memory: {
    name: 'nats_varz_mem',
    type: 'gauge',
    unit: 'bytes',
    help: 'Resident memory of the server.',
    labels: ['server_id'],
  },
  cpu: {
    name: 'nats_varz_cpu',
    type: 'gauge',
    unit: 'percent',
    help: 'CPU use of the server, 100 for one core.',
    labels: ['server_id'],
  },
  start: {
    name: 'nats_varz_start',
    type: 'gauge',
    unit: 'milliseconds',
    help: 'Unix time of the server’s start, in milliseconds.',
    labels: ['server_id'],
  },
  jetStreamStorage: {
    name: 'nats_varz_jetstream_stats_storage',
    type: 'gauge',
    unit: 'bytes',
    help: 'JetStream’s file storage in use.',
    labels: ['server_id'],
  },
  jetStreamMaxStorage: {
    name: 'nats_varz_jetstream_config_max_storage',
    type: 'gauge',
    unit: 'bytes',
    help: 'Limit of JetStream’s file storage.',
    labels: ['server_id'],
  },
  jetStreamMemory: {
    name: 'nats_varz_jetstream_stats_memory',
    type: 'gauge',
    unit: 'bytes',
    help: 'JetStream’s memory storage in use.',
    labels: ['server_id'],
  },
  jetStreamMaxMemory: {
    name: 'nats_varz_jetstream_config_max_memory',
    type: 'gauge',
    unit: 'bytes',
    help: 'Limit of JetStream’s memory storage.',
    labels: ['server_id'],
  },
  reportedConnections: {
    name: 'nats_connz_num_connections',
    type: 'gauge',
    unit: 'connections',
    help: 'Client connections in the report /connz of the server. The series ends when the server does not answer.',
    labels: ['server_id'],
  },
  pendingBytes: {
    name: 'nats_connz_pending_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Bytes that wait to be sent to clients.',
    labels: ['server_id'],
  },
});
