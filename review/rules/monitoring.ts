import { isBranch, type Tree, valuesAt } from '../change/tree.ts';
import { alertAt, alerts, ofAlerts, recordings, severitiesOf } from './alert-rules.ts';
import { acceptedEdges, listenerConfig } from './listener.ts';
import {
  anyValues,
  attributes,
  derived,
  objects,
  pair,
  releasesOf,
  resources,
  texts,
  values,
} from './look.ts';
import { nats, operatorWorkloads, pushgateway, stack } from './parts.ts';
import type { Rule } from './rule.ts';
import { added, always, arrow, becomes, changed, gone, leaves } from './when.ts';

const severityOrder = ['info', 'warning', 'critical'];
const alertmanager = 'alertmanager.config';

/** The chart's rule that always fires. An outside watcher raises an alarm if it is absent. */
const deadManSwitch = 'Watchdog';

/** Alerts, scrapes, receivers and dashboards that the change removes or weakens. */
export const monitoringRules: readonly Rule[] = [
  {
    id: 'alert-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'An alert is removed',
    looksAt: [alerts],
    when: (found, change) => (change.action === 'update' ? gone(found, change) : undefined),
    reason: 'Nobody learns about the fault that the alert detects.',
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
    remedy: 'Read the difference, and run the tests of the rules.',
  },
  {
    id: 'alert-slower',
    tier: 'review',
    concern: 'monitoring',
    title: 'An alert waits for another time before it fires',
    looksAt: [ofAlerts('for'), ofAlerts('keep_firing_for')],
    when: (found, change) => {
      const text = changed(found, change) ?? added(found, change);
      return text && `${alertAt(found, 1)}: ${arrow(found)}`;
    },
    reason: 'A shorter time fires for short faults. A longer time delays the notification.',
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
    reason: 'The alert then goes to a quieter receiver, or to none.',
    remedy: 'Confirm that the fault can wait.',
  },
  {
    id: 'recording-rule-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A recording rule is removed',
    looksAt: [recordings],
    when: (found, change) => (change.action === 'update' ? gone(found, change) : undefined),
    reason: 'Alerts and panels that read the recorded metric return no data, and such an alert never fires.',
    remedy: 'Search the metric in the rules and the dashboards, also in those of other teams.',
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
    remedy: 'Keep the rule, or connect another outside watcher first.',
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
    remedy: 'Connect another outside watcher first.',
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
    reason: 'Alerts, samples or dashboards of this part no longer exist.',
    remedy: 'Keep the part, or confirm that another program replaces it.',
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
    reason: 'The people behind the receiver no longer get alerts.',
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
    reason: 'Alerts can go to another place, or to none if the new address is wrong.',
    remedy: 'Send a test alert after the deployment (`npm run drill`).',
  },
  {
    id: 'route-loses-severity',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A receiver no longer gets alerts of a severity',
    looksAt: [
      derived(`the severities of the routes in \`${alertmanager}.route\``, ({ release }) => {
        if (release?.name !== stack || release.before === undefined || release.after === undefined) return [];
        const [old, fresh] = [severitiesByReceiver(release.before), severitiesByReceiver(release.after)];
        return [...old].flatMap(([receiver, severities]) => {
          const rest = fresh.get(receiver);
          return rest
            ? [pair(['values', 'alertmanager', 'config', 'route', receiver], [...severities], [...rest])]
            : [];
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
    remedy: 'Confirm that the source explains every target.',
  },
  {
    id: 'scrape-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A scrape is removed',
    looksAt: [objects(['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'])],
    when: gone,
    reason: 'The metrics of the program end. Alerts on these metrics never fire.',
    remedy: 'Remove the alerts and panels of the program in the same change, or keep the scrape.',
  },
  {
    id: 'scrape-off',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The scrape of a chart is switched off',
    looksAt: [
      anyValues(
        'promExporter.enabled',
        'promExporter.podMonitor.enabled',
        'serviceMonitor.enabled',
        'prometheus.servicemonitor.enabled',
        'serviceMonitor.selfMonitor',
        '*.serviceMonitor.selfMonitor',
        '*.serviceMonitor.enabled',
        '*.prometheus.monitor.enabled',
        'kubelet.enabled',
        'kubeApiServer.enabled',
        'coreDns.enabled',
      ),
    ],
    when: becomes(false),
    reason: 'The metrics of the program end. Alerts on these metrics never fire.',
    remedy: 'Remove the alerts and panels of the program in the same change, or keep the scrape.',
  },
  {
    id: 'monitor-selection-changed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'Prometheus selects other monitors or rules',
    looksAt: [
      values(
        [stack],
        ...['serviceMonitor', 'podMonitor', 'probe', 'rule', 'scrapeConfig'].map(
          (kind) => `prometheus.prometheusSpec.${kind}Selector`,
        ),
      ),
      objects(operatorWorkloads, 'spec.podMonitorSelector', 'spec.ruleSelector'),
    ],
    when: changed,
    reason: 'Monitors and rules without the new labels are no longer loaded, and nothing reports them.',
    remedy:
      'Change the labels of every monitor and rule in the same deployment (`kubectl get servicemonitors,podmonitors,prometheusrules -A --show-labels`).',
  },
  {
    id: 'monitored-namespace-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'Prometheus no longer selects the monitors of a namespace',
    looksAt: [
      values(
        [stack],
        ...['serviceMonitor', 'podMonitor', 'rule', 'probe', 'scrapeConfig'].map(
          (kind) => `prometheus.prometheusSpec.${kind}NamespaceSelector.matchExpressions.values.*`,
        ),
      ),
    ],
    when: (found, change) => (change.action === 'update' ? gone(found, change) : undefined),
    reason: 'All monitors or rules of the namespace stop.',
    remedy: 'Confirm that the namespace has no monitors and rules any more.',
  },
  {
    id: 'edge-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'An edge is removed',
    looksAt: [releasesOf([nats], 'destroy')],
    when: ({ before }, { objects: list, name }) =>
      list.some(({ kind }) => kind === 'PrometheusAgent') && before !== undefined ? name : undefined,
    reason: 'The series of the edge end. Its old samples stay in the central store until the retention ends.',
    remedy:
      'Remove the edge from `edges` only when the cluster is really decommissioned (docs/add-an-edge.md).',
  },
  {
    id: 'edge-not-accepted',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The remote-write listener no longer accepts an edge',
    looksAt: [
      derived('the edges in the configuration of the remote-write listener', ({ objects: list }) =>
        list
          .filter(({ kind, name }) => kind === 'ConfigMap' && name === listenerConfig)
          .flatMap(({ path, before, after }) => texts(acceptedEdges(before), acceptedEdges(after), path)),
      ),
    ],
    when: (found, change) =>
      change.action === 'update' && found.before !== undefined && found.after === undefined
        ? `edge ${String(found.before)}`
        : undefined,
    reason:
      'The listener rejects the samples of the edge, and the agent keeps them only for the time of its buffer.',
    remedy: 'Destroy the edge first, or keep it in `edges` (docs/add-an-edge.md).',
  },
  {
    id: 'remote-write-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A writer loses a receiver',
    looksAt: [
      objects(['PrometheusAgent'], 'spec.remoteWrite.*'),
      values([stack], 'prometheus.prometheusSpec.remoteWrite.*'),
    ],
    when: (found, change) => (change.action === 'update' ? gone(found, change) : undefined),
    reason: 'The receiver gets no new samples. Samples that wait in the queue are lost.',
    remedy: 'Remove the receiver only at the end of a move (docs/move-to-thanos.md).',
  },
  {
    id: 'remote-write-moved',
    tier: 'dangerous',
    concern: 'data',
    title: 'A writer gets another URL of a receiver',
    looksAt: [
      objects(['PrometheusAgent'], 'spec.remoteWrite.url'),
      values([stack], 'prometheus.prometheusSpec.remoteWrite.url'),
    ],
    when: changed,
    reason:
      'The writer starts a new queue, and drops the samples that wait in the old queue (measured: 5 scrapes).',
    remedy:
      'Deploy while the receiver answers, and accept a gap of some scrapes, or add the new receiver first.',
  },
  {
    id: 'receiver-off',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The central Prometheus no longer receives remote write',
    looksAt: [values([stack], 'prometheus.prometheusSpec.enableRemoteWriteReceiver')],
    when: leaves(true),
    reason: 'The samples of every edge are rejected.',
    remedy: 'Move the edges to the other engine first, in the order of docs/move-to-thanos.md.',
  },
  {
    id: 'series-labels-changed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The labels of all series of a cluster change',
    looksAt: [
      values([stack], 'prometheus.prometheusSpec.externalLabels.*'),
      objects(['PrometheusAgent'], 'spec.externalLabels.*'),
    ],
    when: changed,
    reason:
      'The old series end and new series start. Queries, alerts and dashboards with the old label return no new data.',
    remedy: 'Search the old value in the rules, the dashboards and the routes, also in those of other teams.',
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
  {
    id: 'pushgateway-labels-lost',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'Pushed series lose their own labels',
    looksAt: [values([pushgateway], 'serviceMonitor.honorLabels')],
    when: leaves(true),
    reason:
      'The labels `job` and `instance` of every pushed series then name the Pushgateway. All alerts on batch jobs fall silent.',
    remedy: 'Keep `true`.',
  },
];

/** For each receiver of a route: the severities that the route sends. */
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
