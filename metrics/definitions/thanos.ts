import { defineMetrics } from '../definition.ts';
import { prometheusMetrics } from './prometheus.ts';

/*
 * Metrics of Thanos 0.42. Sources: `/metrics`, and the code in pkg/receive, pkg/query, pkg/alert, cmd/thanos and
 * thanos-io/objstore.
 */

/** Metrics of a program that receives remote write: a router in a cluster, or a receiver on the laptop. */
export const thanosReceiveMetrics = defineMetrics({
  writeSamples: {
    name: 'thanos_receive_write_samples',
    type: 'histogram',
    unit: 'samples',
    help: 'Number of samples in a write request, by the HTTP status of the answer. A request with a refused sample has the status 409.',
    labels: ['code', 'tenant'],
    buckets: [10, 50, 100, 500, 1000, 5000, 10_000],
  },
  forwards: {
    name: 'thanos_receive_forward_requests_total',
    type: 'counter',
    unit: 'requests',
    help: 'Requests that send copies to an ingester, by result.',
    labels: ['result'],
  },
  replicationFactor: {
    name: 'thanos_receive_replication_factor',
    type: 'gauge',
    unit: 'copies',
    help: 'Copies of each sample.',
    labels: [],
  },
  hashringHash: {
    name: 'thanos_receive_config_hash',
    type: 'gauge',
    unit: 'hash',
    help: 'Hash of the hashring file that the program uses.',
    labels: [],
  },
  hashringNodes: {
    name: 'thanos_receive_hashring_nodes',
    type: 'gauge',
    unit: 'ingesters',
    help: 'Ingesters of the hashring.',
    labels: ['name'],
  },
  hashringLoaded: {
    name: 'thanos_receive_config_last_reload_successful',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the program could load the hashring file.',
    labels: [],
  },
});

export const thanosHeadMetrics = defineMetrics({
  headSeries: {
    ...prometheusMetrics.headSeries,
    labels: ['tenant'],
  },
  samplesAppended: {
    ...prometheusMetrics.samplesAppended,
    labels: ['tenant', 'type'],
  },
  tooOld: {
    ...prometheusMetrics.tooOldSamples,
    help: 'Samples that the ingester rejected because they were older than the out-of-order window.',
    labels: ['tenant', 'type'],
  },
  outOfOrder: {
    ...prometheusMetrics.outOfOrderSamples,
    help: 'Samples that the ingester rejected because they were out of order; only without an out-of-order window.',
    labels: ['tenant', 'type'],
  },
  outOfBound: {
    ...prometheusMetrics.outOfBoundSamples,
    help: 'Samples that the ingester rejected because they were older than the head block; only without an out-of-order window.',
    labels: ['tenant', 'type'],
  },
  lateAppended: {
    ...prometheusMetrics.outOfOrderAppended,
    help: 'Samples that arrived late and that the ingester accepted.',
    labels: ['tenant', 'type'],
  },
});

export const thanosHttpMetrics = defineMetrics({
  requests: {
    name: 'http_requests_total',
    type: 'counter',
    unit: 'requests',
    help: 'HTTP requests that the program answered.',
    labels: ['code', 'handler', 'method', 'tenant'],
  },
});

export const thanosQueryMetrics = defineMetrics({
  duration: {
    name: 'http_request_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Time from an HTTP request to its answer.',
    labels: ['code', 'handler', 'method', 'tenant'],
    buckets: [0.001, 0.01, 0.1, 0.3, 0.6, 1, 3, 6, 9, 20, 30, 60, 90, 120, 240, 360, 720],
  },
  stores: {
    name: 'thanos_store_nodes_grpc_connections',
    type: 'gauge',
    unit: 'connections',
    help: 'Ingesters, rulers and store gateways that the querier reads, by their labels.',
    labels: ['external_labels', 'store_type'],
  },
});

export const thanosRuleMetrics = defineMetrics({
  rulesLoaded: {
    name: 'thanos_rule_config_last_reload_successful',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the ruler could load its rule files.',
    labels: [],
  },
  alertsDropped: {
    name: 'thanos_alert_sender_alerts_dropped_total',
    type: 'counter',
    unit: 'alerts',
    help: 'Alerts that the ruler dropped because no Alertmanager accepted them.',
    labels: [],
  },
  alertsOverflowed: {
    name: 'thanos_alert_queue_alerts_dropped_total',
    type: 'counter',
    unit: 'alerts',
    help: 'Alerts that the ruler dropped because its queue was full.',
    labels: [],
  },
});

export const thanosObjectStoreMetrics = defineMetrics({
  operations: {
    name: 'thanos_objstore_bucket_operations_total',
    type: 'counter',
    unit: 'operations',
    help: 'Operations at the object store.',
    labels: ['bucket', 'operation'],
  },
  operationsFailed: {
    name: 'thanos_objstore_bucket_operation_failures_total',
    type: 'counter',
    unit: 'operations',
    help: 'Failed operations at the object store. The counter excludes expected failures.',
    labels: ['bucket', 'operation'],
  },
});

export const thanosStoreMetrics = defineMetrics({
  blocks: {
    name: 'thanos_bucket_store_blocks_loaded',
    type: 'gauge',
    unit: 'blocks',
    help: 'Blocks of the object store that the store gateway serves.',
    labels: [],
  },
});

export const thanosCompactMetrics = defineMetrics({
  halted: {
    name: 'thanos_compact_halted',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the compactor has halted because of an error.',
    labels: [],
  },
  iterations: {
    name: 'thanos_compact_iterations_total',
    type: 'counter',
    unit: 'iterations',
    help: 'Successful passes of the compactor over the object store.',
    labels: [],
  },
});
