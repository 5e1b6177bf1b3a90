import { isBranch, type Tree, valuesAt } from '../change/tree.ts';
import { alertAt, alerts, ofAlerts, recordings, severitiesOf } from './alert-rules.ts';
import { attributes, derived, objects, pair, resources, values } from './look.ts';
import { stack } from './parts.ts';
import type { Rule } from './rule.ts';
import { added, always, arrow, becomes, changed, gone, goneFromObject } from './when.ts';

const severityOrder = ['info', 'warning', 'critical'];
const alertmanager = 'alertmanager.config';

/** Alert of kube-prometheus-stack that always fires. An external service can detect its absence. */
const deadManSwitch = 'Watchdog';

export const alertingRules: readonly Rule[] = [
  {
    id: 'alert-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'An alert is removed',
    looksAt: [alerts],
    when: goneFromObject,
    reason: 'Nobody is notified of the fault that the alert detects.',
    remedy: 'Confirm that another alert detects the fault, or that the watched program is removed too.',
  },
  {
    id: 'alert-expression-changed',
    tier: 'review',
    concern: 'monitoring',
    title: 'The condition of an alert changes',
    looksAt: [ofAlerts('expr')],
    when: (found) => (found.before !== found.after ? alertAt(found, 1) : undefined),
    reason: 'The alert can fire later, never, or too often.',
    remedy: 'Compare the new condition with the old condition, and run the tests of the rules.',
  },
  {
    id: 'alert-slower',
    tier: 'review',
    concern: 'monitoring',
    title: 'The waiting time of an alert changes',
    looksAt: [ofAlerts('for'), ofAlerts('keep_firing_for')],
    when: (found, change) => {
      const text = changed(found, change) ?? added(found, change);
      return text && `${alertAt(found, 1)}: ${arrow(found)}`;
    },
    reason:
      'With a shorter time, the alert also fires for short faults. A longer time delays the notification.',
    remedy: 'Compare the time with the runbook of the alert.',
  },
  {
    id: 'alert-severity-lowered',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The severity of an alert is lowered',
    looksAt: [ofAlerts('labels', 'severity')],
    when: (found) =>
      severityOrder.indexOf(String(found.after)) < severityOrder.indexOf(String(found.before))
        ? `${alertAt(found, 2)}: ${arrow(found)}`
        : undefined,
    reason: 'The alert then goes to the receivers of the lower severity, or to none.',
    remedy: 'Confirm that the fault of the alert may wait longer for a reaction.',
  },
  {
    id: 'recording-rule-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A recording rule is removed',
    looksAt: [recordings],
    when: goneFromObject,
    reason: 'Alerts and panels that read the recorded metric return no data, and such an alert never fires.',
    remedy:
      'Search for the metric in the rules and the dashboards, also in the rules and the dashboards of other teams.',
  },
  {
    id: 'dead-man-switch-off',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The dead-man switch is switched off',
    looksAt: [
      values(
        [stack],
        'defaultRules.create',
        'defaultRules.rules.general',
        `defaultRules.disabled.${deadManSwitch}`,
      ),
      attributes(['azurerm_monitor_alert_prometheus_rule_group'], 'rule_group_enabled'),
    ],
    when: (found, change) =>
      change.action === 'create'
        ? undefined
        : (becomes(found.path.at(-1) === deadManSwitch)(found, change) ?? undefined),
    reason: 'Nothing outside the pipeline notices that the pipeline itself is down.',
    remedy: 'Keep the rule, or first connect another check that runs outside the cluster.',
  },
  {
    id: 'outside-watcher-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The watcher outside the cluster is removed',
    looksAt: [
      resources(
        ['azurerm_monitor_alert_prometheus_rule_group', 'azurerm_monitor_action_group'],
        'destroy',
        'replace',
      ),
    ],
    when: always,
    reason: 'If the central Prometheus stops, nobody is notified.',
    remedy: 'First connect another check that runs outside the cluster.',
  },
  {
    id: 'alertmanager-off',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A part of the monitoring is switched off',
    looksAt: [
      values(
        [stack],
        'alertmanager.enabled',
        'prometheus.enabled',
        'grafana.enabled',
        'nodeExporter.enabled',
        'kubeStateMetrics.enabled',
        'prometheusOperator.enabled',
      ),
    ],
    when: becomes(false),
    reason: 'The disabled part of the monitoring no longer provides alerts, samples or dashboards.',
    remedy: 'Keep this part of the monitoring, or confirm that another program replaces it.',
  },
  {
    id: 'receiver-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A receiver of alerts is removed',
    looksAt: [
      values([stack], `${alertmanager}.receivers.*`),
      objects(['AlertmanagerConfig'], 'spec.receivers.*'),
    ],
    when: (found, change) => (change.action === 'update' ? gone(found, change) : undefined),
    reason: 'The people who get alerts through this receiver no longer get these alerts.',
    remedy: 'Confirm that another receiver gets the same severities.',
  },
  {
    id: 'receiver-changed',
    tier: 'review',
    concern: 'monitoring',
    title: 'A receiver of alerts changes',
    looksAt: [values([stack], `${alertmanager}.receivers.*`)],
    when: (found) =>
      found.before !== undefined &&
      found.after !== undefined &&
      JSON.stringify(found.before) !== JSON.stringify(found.after)
        ? (found.path.at(-1) ?? 'a receiver')
        : undefined,
    reason:
      'Alertmanager can send alerts to a different address. If the new address is wrong, no person receives the alerts.',
    remedy: 'Send a test alert after the deployment.',
  },
  {
    id: 'route-loses-severity',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A receiver no longer gets the alerts of at least one severity',
    looksAt: [
      derived(`the severities of the routes in \`${alertmanager}.route\``, ({ release }) => {
        if (release?.name !== stack || release.before === undefined || release.after === undefined) return [];
        const [old, fresh] = [severitiesByReceiver(release.before), severitiesByReceiver(release.after)];
        return [...old].flatMap(([receiver, severities]) => {
          const rest = fresh.get(receiver);
          const at = ['values', 'alertmanager', 'config', 'route', receiver];
          if (rest) return [pair(at, [...severities], [...rest])];
          return [pair(at, severities.size > 0 ? [...severities] : ['its alerts'], [])];
        });
      }),
    ],
    when: ({ path, before, after }) => {
      const lost = (before as readonly string[]).filter(
        (severity) => !(after as readonly string[]).includes(severity),
      );
      return lost.length > 0 ? `${path.at(-1)} loses ${lost.join(', ')}` : undefined;
    },
    reason: 'Alerts of this severity notify fewer people, or nobody.',
    remedy: 'Confirm that another route sends this severity.',
  },
  {
    id: 'inhibition-added',
    tier: 'review',
    concern: 'monitoring',
    title: 'An inhibition hides more alerts',
    looksAt: [values([stack], `${alertmanager}.inhibit_rules`)],
    when: ({ before, after }) => {
      const count = (tree: Tree | undefined) => (Array.isArray(tree) ? tree.length : 0);
      return before !== undefined && after !== undefined && JSON.stringify(before) !== JSON.stringify(after)
        ? `${count(before)} → ${count(after)} inhibitions`
        : undefined;
    },
    reason: 'While the source alert fires, the target alerts notify nobody.',
    remedy: 'Confirm that the source alert explains every target alert.',
  },
  {
    id: 'dashboard-removed',
    tier: 'review',
    concern: 'monitoring',
    title: 'A dashboard is removed',
    looksAt: [resources(['kubernetes_config_map_v1'], 'destroy', 'replace')],
    when: ({ before }, { name }) => {
      const [labels] = valuesAt(before, 'metadata.labels');
      return isBranch(labels) && labels.grafana_dashboard !== undefined ? name : undefined;
    },
    reason: 'Links of alerts to the dashboard return an error.',
    remedy: 'Change the field `dashboard` of the alerts in the same change.',
  },
  {
    id: 'audit-log-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'An audit log is removed',
    looksAt: [resources(['azurerm_monitor_diagnostic_setting'], 'destroy', 'replace')],
    when: always,
    reason: 'Nobody can later see who changed the cluster or read a secret.',
    remedy: 'Keep the log, or send it to another workspace first.',
  },
];

function severitiesByReceiver(tree: Tree): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const route of valuesAt(tree, `${alertmanager}.route.routes`)) {
    if (!isBranch(route) || typeof route.receiver !== 'string') continue;
    const known = found.get(route.receiver) ?? new Set();
    for (const severity of severitiesOf(route)) known.add(severity);
    found.set(route.receiver, known);
  }
  return found;
}
