import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { charts } from '../../../config/charts.ts';
import { certManager, remoteWriteListener, services } from '../../../config/cluster-names.ts';
import { namespaces, ports } from '../../../config/topology.ts';
import { type NamedSource, type SourceName, sourceList, sourcePorts } from '../../../sources/index.ts';
import { programs } from '../../../toolchain/programs.ts';
import { code, table } from '../table.ts';

const { version: ownVersion } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
) as { readonly version: string };

interface Component {
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  readonly port: number;
  readonly purpose: string;
}

const thirdParty: Readonly<
  Partial<Record<SourceName, Omit<Component, 'port' | 'namespace'> & Partial<Component>>>
> = {
  prometheus: {
    name: 'Prometheus',
    version: programs.prometheus.version,
    purpose: 'scrapes targets, stores samples, evaluates rules',
  },
  alertmanager: {
    name: 'Alertmanager',
    version: programs.alertmanager.version,
    purpose: 'groups alerts and sends notifications',
  },
  pushgateway: {
    name: 'Pushgateway',
    version: programs.pushgateway.version,
    purpose: 'keeps the last report of each batch job',
  },
  nodeExporter: {
    name: 'node exporter',
    version: programs.node_exporter.version,
    purpose: 'exposes the metrics of the host',
  },
  natsExporter: {
    name: 'NATS exporter',
    version: programs['prometheus-nats-exporter'].version,
    purpose: 'exposes the metrics of the primary NATS',
  },
  edgeNatsExporter: {
    name: 'NATS exporter of the edge',
    version: programs['prometheus-nats-exporter'].version,
    purpose: 'exposes the metrics of the second NATS',
  },
  prometheusAgent: {
    name: 'Prometheus agent',
    version: programs.prometheus.version,
    purpose: 'scrapes the edge and sends the samples by remote write',
  },
  certManager: {
    name: 'cert-manager',
    version: charts.certManager.appVersion,
    namespace: certManager.namespace,
    purpose: 'issues the TLS certificates; cluster only',
  },
  kubeStateMetrics: {
    name: 'kube-state-metrics',
    version: charts.kubePrometheusStack.images.kubeStateMetrics.tag,
    purpose: 'exposes the state of Kubernetes objects; cluster only',
  },
  operator: {
    name: 'Prometheus Operator',
    version: charts.kubePrometheusStack.appVersion,
    purpose: 'runs Prometheus, Alertmanager and the agent; cluster only',
  },
  thanosRouter: thanosMember('router', 'receives samples and sends copies to the ingesters'),
  thanosIngester: thanosMember('ingester', 'keeps recent samples'),
  thanosQuery: thanosMember('querier', 'answers queries'),
  thanosRuler: thanosMember('ruler', 'evaluates rules'),
  thanosStore: thanosMember('store gateway', 'reads the object store'),
  thanosCompactor: thanosMember('compactor', 'merges the blocks of the object store'),
};

function thanosMember(name: string, purpose: string) {
  return {
    name: `Thanos ${name}`,
    version: charts.kubePrometheusStack.images.thanos.tag,
    purpose: `${purpose}; only with \`central.engine: thanos\``,
  };
}

const others: readonly Component[] = [
  {
    name: 'Grafana',
    version: charts.kubePrometheusStack.images.grafana.tag,
    namespace: services.grafana.namespace,
    port: 80,
    purpose: 'shows the dashboards; on a laptop only if it is installed',
  },
  {
    name: 'NATS',
    version: programs['nats-server'].version,
    namespace: `${namespaces.nats}, ${namespaces.edge}`,
    port: ports.nats,
    purpose: 'message broker with JetStream: the monitored program',
  },
  {
    name: 'remote-write listener (Caddy)',
    version: charts.kubePrometheusStack.images.remoteWriteListener.tag,
    namespace: namespaces.monitoring,
    port: remoteWriteListener.port,
    purpose: 'checks the client certificates of the edges; cluster only',
  },
  {
    name: 'Airflow',
    version: charts.airflow.appVersion,
    namespace: namespaces.monitoring,
    port: ports.airflow,
    purpose: 'runs the batch as a DAG; optional',
  },
];

function componentOf({ name, namespace, port, program }: NamedSource): Component {
  const own = program.kind === 'function' ? program.description : '';
  return {
    name: program.name,
    version: ownVersion,
    namespace,
    port,
    purpose: own.charAt(0).toLowerCase() + own.slice(1),
    ...thirdParty[name],
  };
}

export function componentTable(): string {
  const all = [...sourceList.map(componentOf), ...others].sort((one, two) => one.port - two.port);
  return table(
    ['component', 'version', 'namespace', 'port', 'purpose'],
    all.map(({ name, version, namespace, port, purpose }) => [
      name,
      version.replace(/^v/, ''),
      namespace.split(', ').map(code).join(', '),
      port,
      purpose,
    ]),
  );
}

/** Commands that make the web pages of a cluster available at `https://localhost:<port>`. */
export function portForwards(): string {
  const forwards = [
    { ...services.grafana, ports: `${ports.console}:80` },
    { ...services.prometheus, ports: `${sourcePorts.prometheus}` },
    { ...services.alertmanager, ports: `${sourcePorts.alertmanager}` },
    { ...services.pushgateway, ports: `${sourcePorts.pushgateway}` },
  ];
  const lines = forwards.map(
    ({ name, namespace, ports: pair }) =>
      [`kubectl -n ${namespace} port-forward svc/${name} ${pair}`, pair.split(':')[0]] as const,
  );
  const width = Math.max(...lines.map(([command]) => command.length)) + 2;
  return [
    '```sh',
    ...lines.map(([command, port]) => `${command.padEnd(width)}# https://localhost:${port}`),
    '```',
  ].join('\n');
}
