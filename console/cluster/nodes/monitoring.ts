import { certManager, services } from '../../../config/cluster-names.ts';
import { namespaces, releases } from '../../../config/topology.ts';
import { alertmanagerMetrics } from '../../../metrics/definitions/alertmanager.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { matching, select } from '../../../metrics/promql.ts';
import { jobs, type SourceName } from '../../../sources/index.ts';
import { type ClusterNode, memoryOf, type Pods, podsOf, ready, scraped } from '../cluster-node.ts';
import { central } from '../places.ts';
import { perMinute } from '../rates.ts';

const { monitoring } = namespaces;
const stack = releases.kubePrometheusStack;

interface Program extends Pick<ClusterNode, 'name' | 'role' | 'connections'> {
  readonly source: SourceName;
  readonly pods: Pods;
}

/** A program that the central Prometheus scrapes. */
function program(values: Program): ClusterNode {
  const { source, pods } = values;
  return {
    ...values,
    place: central(pods.namespace),
    health: scraped({ source }),
    memory: memoryOf({ source }),
  };
}

const grafanaPods = podsOf(monitoring, `deployment/${services.grafana.name}`, 'grafana');

export const monitoringNodes: readonly ClusterNode[] = [
  program({
    name: 'prometheus',
    role: 'scrapes, stores, evaluates rules, receives remote write',
    source: 'prometheus',
    pods: podsOf(monitoring, `statefulset/prometheus-${services.prometheus.name}`, 'prometheus'),
    connections: [
      {
        to: 'alertmanager',
        kind: 'alerts',
        rate: perMinute(select(prometheusMetrics.notificationsSent)),
        unit: 'alerts/min',
        failures: perMinute(select(prometheusMetrics.notificationsFailed)),
      },
    ],
  }),
  program({
    name: 'alertmanager',
    role: 'groups alerts and notifies receivers',
    source: 'alertmanager',
    pods: podsOf(monitoring, `statefulset/alertmanager-${services.alertmanager.name}`, 'alertmanager'),
  }),
  {
    name: 'grafana',
    role: 'shows the dashboards',
    place: central(monitoring),
    health: ready(grafanaPods),
    pods: grafanaPods,
    connections: [
      {
        to: 'prometheus',
        kind: 'requests',
        rate: perMinute(
          select(prometheusMetrics.httpRequests, {
            job: jobs.prometheus,
            handler: matching('/api/v1/query.*'),
          }),
        ),
        unit: 'queries/min',
      },
    ],
  },
  program({
    name: 'pushgateway',
    role: 'keeps the metrics that batch runs push',
    source: 'pushgateway',
    pods: podsOf(monitoring, `deployment/${services.pushgateway.name}`),
  }),
  program({
    name: 'node-exporter',
    role: 'exposes the metrics of each node',
    source: 'nodeExporter',
    pods: podsOf(monitoring, `daemonset/${stack}-prometheus-node-exporter`),
  }),
  program({
    name: 'kube-state-metrics',
    role: 'exposes the state of the objects of the cluster',
    source: 'kubeStateMetrics',
    pods: podsOf(monitoring, `deployment/${stack}-kube-state-metrics`),
  }),
  program({
    name: 'operator',
    role: 'configures Prometheus and Alertmanager',
    source: 'operator',
    pods: podsOf(monitoring, `deployment/${stack}-operator`),
  }),
];

export const certManagerNode: ClusterNode = program({
  name: 'cert-manager',
  role: 'issues and renews the certificates',
  source: 'certManager',
  pods: podsOf(certManager.namespace, `deployment/${certManager.release}`),
});

/** Adds the connections from Alertmanager to the receivers. */
export function notifying(
  nodes: readonly ClusterNode[],
  receivers: readonly { readonly name: string; readonly integration: string }[],
): readonly ClusterNode[] {
  const connections = receivers.map(({ name, integration }) => ({
    to: name,
    kind: 'alerts' as const,
    rate: perMinute(select(alertmanagerMetrics.notifications, { integration })),
    unit: 'notifications/min',
    failures: perMinute(select(alertmanagerMetrics.notificationsFailed, { integration })),
  }));
  return nodes.map((node) => (node.source === 'alertmanager' ? { ...node, connections } : node));
}
