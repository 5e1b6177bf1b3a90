import { defineMetrics } from '../definition.ts';

/** Metrics for the traffic between the programs of Thanos, and from the ruler to Alertmanager. */
export const thanosConnectionMetrics = defineMetrics({
  grpcHandled: {
    name: 'grpc_server_handled_total',
    type: 'counter',
    unit: 'calls',
    help: 'Calls by gRPC that the server has answered, successful or not.',
    labels: ['grpc_code', 'grpc_method', 'grpc_service', 'grpc_type'],
  },
  ruleEvaluations: {
    name: 'prometheus_rule_evaluations_total',
    type: 'counter',
    unit: 'evaluations',
    help: 'Evaluations of rules. Each evaluation is one query.',
    labels: ['rule_group', 'strategy'],
  },
  alertsSent: {
    name: 'thanos_alert_sender_alerts_sent_total',
    type: 'counter',
    unit: 'alerts',
    help: 'Alerts that the ruler has sent to an Alertmanager.',
    labels: ['alertmanager'],
  },
  alertsFailed: {
    name: 'thanos_alert_sender_errors_total',
    type: 'counter',
    unit: 'errors',
    help: 'Failed attempts of the ruler to send alerts to an Alertmanager.',
    labels: ['alertmanager'],
  },
});
