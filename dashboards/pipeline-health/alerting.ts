import { signalAlerts } from '../../config/signal-alerts.ts';
import { alertmanagerMetrics } from '../../metrics/definitions/alertmanager.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { thanosRuleMetrics } from '../../metrics/definitions/thanos.ts';
import {
  add,
  constant,
  count,
  max,
  notMatching,
  or,
  range,
  rate,
  select,
  sum,
} from '../../metrics/promql.ts';
import { evaluatorJobs } from '../../rules/selectors.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const central = { ...scope, job: jobs.prometheus } as const;
const ruler = { ...scope, job: jobs.thanosRuler } as const;
const evaluators = { ...scope, job: evaluatorJobs } as const;
const ofAlertmanager = { ...scope, job: jobs.alertmanager } as const;

/** Every firing alert, except two alerts of kube-prometheus-stack that report no fault. */
export const everyAlertFiring = select(prometheusMetrics.alerts, {
  ...scope,
  alertstate: 'firing',
  alertname: notMatching(signalAlerts.join('|')),
});

export const alertsOverTime = () =>
  timeseries({
    title: 'Alerts firing',
    description: 'How many alerts fire, by severity.',
    unit: 'short',
    queries: [[or(count(everyAlertFiring, ['severity']), constant(0)), '{{severity}}']],
    min: 0,
  });

export const alertmanagerAlerts = () =>
  timeseries({
    title: 'Alerts in Alertmanager',
    description: 'Active alerts notify. Suppressed alerts are silenced or inhibited by another alert.',
    unit: 'short',
    queries: [[sum(select(alertmanagerMetrics.alerts, ofAlertmanager), ['state']), '{{state}}']],
    min: 0,
  });

const droppedByPrometheus = sum(rate(range(select(prometheusMetrics.alertsDropped, central), rateInterval)));
const droppedByRulers = sum(rate(range(select(thanosRuleMetrics.alertsDropped, ruler), rateInterval)));

export const notifications = () =>
  timeseries({
    title: 'Notifications',
    description:
      'Notifications a second that Alertmanager sends, notifications that fail, and alerts that Prometheus or a ruler drops before Alertmanager receives them.',
    unit: 'short',
    queries: [
      [sum(rate(range(select(alertmanagerMetrics.notifications, ofAlertmanager), rateInterval))), 'sent'],
      [
        sum(rate(range(select(alertmanagerMetrics.notificationsFailed, ofAlertmanager), rateInterval))),
        'failed',
      ],
      [
        // `add` returns nothing if only one of the two counters exists.
        or(add(droppedByPrometheus, droppedByRulers), or(droppedByPrometheus, droppedByRulers)),
        'dropped before',
      ],
    ],
    min: 0,
  });

export const ruleGroups = () =>
  timeseries({
    title: 'Evaluation of rule groups',
    description:
      'Duration of the last evaluation of each group. It must stay well below the interval of the group.',
    unit: 's',
    queries: [
      [max(select(prometheusMetrics.ruleGroupDuration, evaluators), ['rule_group']), '{{rule_group}}'],
    ],
    min: 0,
  });

/** Failures per second. One failure in five minutes is already 0.003. */
const anyFailure = 0.001;

export const ruleFailures = () =>
  timeseries({
    title: 'Failed evaluations per second',
    description:
      'Evaluations of rules that failed. Should be 0, because an alert of that group may not fire.',
    unit: 'short',
    queries: [[sum(rate(range(select(prometheusMetrics.ruleFailures, evaluators), rateInterval))), 'failed']],
    thresholds: [[anyFailure, 'red']],
    min: 0,
  });
