import { isBranch, valuesAt } from '../change/tree.ts';
import { alerts, ofAlerts, recordings } from './alert-rules.ts';
import { attributes, derived, keyAnywhere, objects, pair, resources, values } from './look.ts';
import { allowances } from './network-policy.ts';
import { operatorWorkloads, stack } from './parts.ts';
import type { Rule } from './rule.ts';
import { added, always, larger, longer } from './when.ts';

const differs: Rule['when'] = ({ path, before, after }) =>
  JSON.stringify(before) === JSON.stringify(after) ? undefined : (path.at(-1) ?? 'the value');

/** Harmless changes. An update is safe only if rules of the tier `safe` cover all its differences. */
export const harmlessRules: readonly Rule[] = [
  {
    id: 'created',
    tier: 'safe',
    concern: 'no harm',
    title: 'A new resource',
    looksAt: [resources(['*'], 'create')],
    when: always,
    reason:
      'A new resource changes no existing resource. Other rules check what the new resource opens or allows.',
    remedy: 'Nothing to do.',
  },
  {
    id: 'alert-added',
    tier: 'safe',
    concern: 'no harm',
    title: 'An alert or a recording rule is added',
    looksAt: [alerts, recordings],
    when: ({ path, before, after }, { action }) =>
      action === 'update' && before === undefined && after !== undefined ? path.at(-1) : undefined,
    reason: 'The other rules stay as they are.',
    remedy: 'Read the runbook of the new alert.',
  },
  {
    id: 'alert-text-changed',
    tier: 'safe',
    concern: 'no harm',
    title: 'The text of an alert changes',
    looksAt: [ofAlerts('annotations')],
    when: ({ path, before, after }) =>
      JSON.stringify(before) === JSON.stringify(after) ? undefined : path.at(-2),
    reason: 'The condition and the receiver of the alert stay the same.',
    remedy: 'Nothing to do.',
  },
  {
    id: 'dashboard-changed',
    tier: 'safe',
    concern: 'no harm',
    title: 'A dashboard changes',
    looksAt: [
      derived('`data` of the ConfigMap of a dashboard', ({ type, action, before, after }) => {
        const [labels] = valuesAt(after, 'metadata.labels');
        const isDashboard = isBranch(labels) && labels.grafana_dashboard !== undefined;
        if (type !== 'kubernetes_config_map_v1' || action !== 'update' || !isDashboard) return [];
        const data = (tree: typeof before) => (isBranch(tree) ? tree.data : undefined);
        return [pair(['data'], data(before), data(after))];
      }),
    ],
    when: (found, { name }) => (differs(found, {} as never) ? name : undefined),
    reason: 'A dashboard only reads data. Grafana loads the new dashboard within 30 s.',
    remedy: 'Look at the dashboard after the deployment.',
  },
  {
    id: 'labels-changed',
    tier: 'safe',
    concern: 'no harm',
    title: 'Tags or annotations of a resource change',
    looksAt: [
      derived('`tags` of Azure resources', ({ type, action, before, after }) =>
        type.startsWith('azurerm_') && action === 'update' && isBranch(before) && isBranch(after)
          ? [pair(['tags'], before.tags, after.tags)]
          : [],
      ),
      attributes(['kubernetes_config_map_v1', 'kubernetes_pod_disruption_budget_v1'], 'metadata.labels.*'),
    ],
    // A change of `grafana_dashboard` is not harmless. Grafana finds dashboards by this label.
    when: (found, change) =>
      change.action === 'update' && found.path.at(-1) !== 'grafana_dashboard'
        ? differs(found, change)
        : undefined,
    reason: 'No program reads these labels.',
    remedy: 'Nothing to do.',
  },
  {
    id: 'retention-longer',
    tier: 'safe',
    concern: 'no harm',
    title: 'Data is kept for a longer time',
    looksAt: [
      values([stack], 'prometheus.prometheusSpec.retention', 'alertmanager.alertmanagerSpec.retention'),
    ],
    when: longer,
    reason: 'No data is deleted.',
    remedy: 'Check that the volume has room (`central.retention.size` limits the blocks).',
  },
  {
    id: 'memory-limit-raised',
    tier: 'safe',
    concern: 'no harm',
    title: 'A program may use more memory',
    looksAt: [keyAnywhere('memory')],
    when: (found, change) => (change.action === 'update' ? larger(found, change) : undefined),
    reason: 'The pods restart one after another, and may then use more memory.',
    remedy: 'Check that a node has the requested memory free.',
  },
  {
    id: 'receiver-added',
    tier: 'safe',
    concern: 'no harm',
    title: 'A receiver of alerts is added',
    looksAt: [values([stack], 'alertmanager.config.receivers.*')],
    when: ({ path, before, after }, { action }) =>
      action === 'update' && before === undefined && after !== undefined ? path.at(-1) : undefined,
    reason: 'The other receivers stay as they are.',
    remedy: 'Send a test alert after the deployment.',
  },
  {
    id: 'scrape-added',
    tier: 'safe',
    concern: 'no harm',
    title: 'A scrape is added',
    looksAt: [objects(['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'])],
    when: ({ path, before, after }, { action }) =>
      action === 'update' && before === undefined && after !== undefined ? path.at(-1) : undefined,
    reason: 'The other scrapes stay as they are. Every scrape has a sample limit.',
    remedy: 'Compare the new series with the budget (`npm run cardinality`).',
  },
  {
    id: 'network-policy-closed',
    tier: 'safe',
    concern: 'no harm',
    title: 'A network policy allows fewer connections',
    looksAt: [allowances('ingress'), allowances('egress')],
    when: (found, change) =>
      change.action === 'update' && found.after === undefined && !added(found, change)
        ? String(found.before)
        : undefined,
    reason: 'Fewer clients can reach the pods.',
    remedy: 'Confirm that no program uses the connections that the policy no longer allows.',
  },
  {
    id: 'replicas-added',
    tier: 'safe',
    concern: 'no harm',
    title: 'A program has more replicas',
    looksAt: [
      attributes(['kubernetes_deployment_v1', 'kubernetes_stateful_set_v1'], 'spec.replicas'),
      objects(operatorWorkloads, 'spec.replicas'),
    ],
    when: (pair2, { action }) =>
      action === 'update' && Number(pair2.after) > Number(pair2.before)
        ? `${String(pair2.before)} → ${String(pair2.after)}`
        : undefined,
    reason: 'The running pods stay.',
    remedy: 'Check that the nodes have free CPU and memory for the new pods.',
  },
];

export const defaultRules: readonly Rule[] = [
  {
    id: 'destroyed',
    tier: 'review',
    concern: 'not known',
    title: 'A resource is destroyed',
    looksAt: [resources(['*'], 'destroy')],
    when: (_, { name, reason }) => (reason ? `${name}: ${reason}` : name),
    reason: 'Programs that use the resource stop working.',
    remedy: 'Confirm that nothing uses the resource any more.',
  },
  {
    id: 'replaced',
    tier: 'review',
    concern: 'not known',
    title: 'A resource is replaced',
    looksAt: [resources(['*'], 'replace')],
    when: (_, { name, reason }) => (reason ? `${name}: ${reason}` : name),
    reason:
      'Between the deletion and the creation, the resource does not exist. The new resource can have another id, and the old data can be lost.',
    remedy: 'Find the argument that forces the replacement, and confirm that the replacement is intended.',
  },
  {
    id: 'forgotten',
    tier: 'review',
    concern: 'not known',
    title: 'Terraform no longer manages a resource',
    looksAt: [resources(['*'], 'forget')],
    when: always,
    reason: 'The resource keeps running, and later plans do not show its changes.',
    remedy: 'Write down who manages the resource now.',
  },
];

export const unknownDifference: Omit<Rule, 'looksAt' | 'when'> = {
  id: 'changed',
  tier: 'review',
  concern: 'not known',
  title: 'A change that no rule covers',
  reason: 'No rule says that the change is harmless.',
  remedy: 'Read the differences.',
};
