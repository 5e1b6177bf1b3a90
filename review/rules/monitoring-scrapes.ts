import { acceptedEdges, listenerConfig } from './listener.ts';
import { anyValues, derived, objects, releasesOf, texts, values } from './look.ts';
import { nats, operatorWorkloads, pushgateway, stack } from './parts.ts';
import type { Rule } from './rule.ts';
import { becomes, changed, gone, leaves } from './when.ts';

export const scrapeRules: readonly Rule[] = [
  {
    id: 'scrape-removed',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'A scrape is removed',
    looksAt: [objects(['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'])],
    when: gone,
    reason: 'The metrics of the program end. Alerts on these metrics never fire.',
    remedy:
      'In the same deployment, also remove the alerts and panels that use the metrics of the program. Otherwise, keep the scrape.',
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
    remedy:
      'In the same deployment, also remove the alerts and panels that use the metrics of the program. Otherwise, keep the scrape.',
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
    reason: 'Prometheus ignores all monitors and rules without the new labels, and reports no error.',
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
      'Remove the edge from `edges` only if the cluster of the edge is decommissioned (docs/add-an-edge.md).',
  },
  {
    id: 'edge-not-accepted',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'The remote-write listener no longer accepts samples from an edge',
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
    remedy:
      'Remove the receiver only in the last step of a move between Prometheus and Thanos (docs/move-to-thanos.md).',
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
      'All series of the cluster end, and series with the new label values start. Queries, alerts and dashboards that select an old label value return no new data.',
    remedy:
      'Search for the old label values in the rules, the dashboards and the routes, also in the files of other teams.',
  },
  {
    id: 'pushgateway-labels-lost',
    tier: 'dangerous',
    concern: 'monitoring',
    title: 'Pushed series lose their own labels',
    looksAt: [values([pushgateway], 'serviceMonitor.honorLabels')],
    when: leaves(true),
    reason:
      'The labels `job` and `instance` of every pushed series then name the Pushgateway. No alert on a batch job can fire any more.',
    remedy: 'Keep `true`.',
  },
];
