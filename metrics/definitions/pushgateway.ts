import { defineMetrics } from '../definition.ts';

/** What the Pushgateway says of itself. */
export const pushgatewayMetrics = defineMetrics({
  requests: {
    name: 'pushgateway_http_requests_total',
    type: 'counter',
    unit: 'requests',
    help: 'HTTP requests, scrapes excluded.',
    labels: ['handler', 'code', 'method'],
  },
});

/** What the Pushgateway says of each group that was pushed. */
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
