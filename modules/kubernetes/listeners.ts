/** docs/adr/certificates.md contains this list of ports. A test compares the list with the stacks. */

import { thanos } from '../../config/cluster-names.ts';
import { ports } from '../../config/topology.ts';
import { functions, sourcePorts } from '../../sources/index.ts';

export interface Listener {
  /** Container name. An ambiguous name starts with the pod name, such as `alertmanager config-reloader`. */
  readonly container: string;
  readonly port: number;
  readonly serves: string;
  /** Why the port has no TLS. Undefined if the port has TLS. */
  readonly plain?: string;
}

const healthAnswer =
  'the program does not support TLS on this port; the port answers only health probes from the kubelet';

const loopback = 'the port listens on 127.0.0.1, and only its own pod can reach it';

/** The Prometheus operator gives this name to the container of the Thanos ruler. */
const rulerContainer = 'thanos-ruler';

export const listeners: readonly Listener[] = [
  { container: 'prometheus', port: sourcePorts.prometheus, serves: 'API, remote write, metrics' },
  { container: 'prometheus config-reloader', port: 8080, serves: 'metrics' },
  { container: 'remote-write-listener', port: 9096, serves: 'remote write' },
  { container: 'remote-write-listener', port: 9097, serves: 'health' },
  { container: 'alertmanager', port: sourcePorts.alertmanager, serves: 'API, metrics' },
  { container: 'alertmanager config-reloader', port: 8080, serves: 'metrics' },
  { container: 'grafana', port: 3000, serves: 'pages, API, metrics' },
  { container: 'grafana-sc-dashboard', port: 8080, serves: 'health', plain: healthAnswer },
  { container: 'node-exporter', port: sourcePorts.nodeExporter, serves: 'metrics' },
  { container: 'kube-state-metrics', port: 8080, serves: 'metrics' },
  { container: 'kube-state-metrics', port: 8081, serves: 'its own metrics' },
  { container: 'prometheus-operator', port: sourcePorts.operator, serves: 'webhook, metrics' },
  { container: 'pushgateway', port: sourcePorts.pushgateway, serves: 'pushes, metrics' },
  { container: 'cert-manager-controller', port: sourcePorts.certManager, serves: 'metrics' },
  { container: 'cert-manager-controller', port: 9403, serves: 'health', plain: healthAnswer },
  { container: 'cert-manager-webhook', port: 10250, serves: 'webhook' },
  { container: 'cert-manager-webhook', port: sourcePorts.certManager, serves: 'metrics' },
  { container: 'cert-manager-webhook', port: 6080, serves: 'health', plain: healthAnswer },
  { container: 'cert-manager-cainjector', port: sourcePorts.certManager, serves: 'metrics' },
  { container: 'nats', port: ports.nats, serves: 'clients' },
  { container: 'nats', port: 6222, serves: 'routes between servers' },
  { container: 'nats', port: ports.natsMonitor, serves: 'monitoring, health' },
  { container: 'nats prom-exporter', port: sourcePorts.natsExporter, serves: 'metrics' },
  { container: 'prometheus-agent', port: sourcePorts.prometheus, serves: 'metrics, health' },
  { container: 'prometheus-agent config-reloader', port: 8080, serves: 'metrics' },
  ...functions.map(({ port, program: { name, role } }) => ({
    container: name,
    port,
    serves: role === 'exporter' ? 'metrics' : 'API, metrics',
  })),
  ...[thanos.router, thanos.ingester].flatMap((container) => [
    { container, port: thanos.loopback.write, serves: 'remote write', plain: loopback },
    {
      container,
      port: thanos.loopback.capnproto,
      serves: "the Cap'n Proto protocol (no client uses it)",
      plain: loopback,
    },
  ]),
  ...[thanos.router, thanos.ingester, thanos.query, thanos.store, rulerContainer].map((container) => ({
    container,
    port: thanos.ports.grpc,
    serves: 'gRPC',
  })),
  ...[thanos.router, thanos.ingester, thanos.store, thanos.compactor].map((container) => ({
    container,
    port: thanos.ports.http,
    serves: 'metrics, probes',
  })),
  { container: thanos.query, port: thanos.ports.http, serves: 'queries, metrics' },
  { container: rulerContainer, port: thanos.ports.http, serves: 'metrics, probes' },
  { container: `${rulerContainer} config-reloader`, port: 8080, serves: 'metrics' },
  {
    container: 'airflow api-server',
    port: 8080,
    serves: 'pages, API',
    plain:
      'the platform does not enable TLS of Airflow; network policies allow connections only from the pods of Airflow',
  },
  {
    container: 'airflow scheduler',
    port: 8793,
    serves: 'task logs',
    plain: 'Airflow does not support TLS on this port; network policies deny all connections to the port',
  },
];
