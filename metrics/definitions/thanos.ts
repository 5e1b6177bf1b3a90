import { defineMetrics } from '../definition.ts';

/** Metrics of the HTTP servers of Thanos: the API of the querier, and the remote write of a router. */
export const thanosHttpMetrics = defineMetrics({
  requests: {
    name: 'http_requests_total',
    type: 'counter',
    unit: 'requests',
    help: 'HTTP requests answered.',
    labels: ['code', 'handler', 'method', 'tenant'],
  },
});

/** Metrics of a program that uses the object store. */
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
    help: 'Operations at the object store that failed unexpectedly.',
    labels: ['bucket', 'operation'],
  },
});
