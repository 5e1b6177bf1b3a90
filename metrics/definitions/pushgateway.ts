import { defineMetrics } from '../definition.ts';

export const pushgatewayMetrics = defineMetrics({
  requests: {
    name: 'pushgateway_http_requests_total',
    type: 'counter',
    unit: 'requests',
    help: 'HTTP requests, except scrapes.',
    labels: ['handler', 'code', 'method'],
  },
});

/** Metrics that the Pushgateway adds to each pushed group. */
export const pushGroupMetrics = defineMetrics({
  lastPush: {
    name: 'push_time_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the group’s last successful push.',
    labels: [],
  },
  lastFailure: {
    name: 'push_failure_time_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last push of the group that the Pushgateway rejected; 0 if there was none.',
    labels: [],
  },
});
