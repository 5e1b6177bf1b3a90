/**
 * Every port on which a container of the platform listens, and whether the port uses TLS. docs/adr/certificates.md
 * repeats the list; a test compares both with the stacks.
 */

export interface Listener {
  /** Pods and container, with the names that charts and operator use. */
  readonly container: string;
  readonly port: number;
  readonly serves: string;
  /** Reason for a port without TLS; absent if the port has TLS. */
  readonly plain?: string;
}

const healthAnswer =
  'the program does not support TLS there; the port serves only health checks of the kubelet';
const mimirInside =
  'off in the chart; network policies allow only Mimir itself, and Prometheus and Grafana to the gateway';

export const listeners: readonly Listener[] = [
  { container: 'prometheus', port: 9090, serves: 'API, remote write, metrics' },
  { container: 'prometheus config-reloader', port: 8080, serves: 'metrics' },
  { container: 'remote-write-listener', port: 9096, serves: 'remote write' },
  { container: 'remote-write-listener', port: 9097, serves: 'health' },
  { container: 'alertmanager', port: 9093, serves: 'API, metrics' },
  { container: 'alertmanager config-reloader', port: 8080, serves: 'metrics' },
  { container: 'grafana', port: 3000, serves: 'pages, API, metrics' },
  { container: 'grafana-sc-dashboard', port: 8080, serves: 'health', plain: healthAnswer },
  { container: 'node-exporter', port: 9100, serves: 'metrics' },
  { container: 'kube-state-metrics', port: 8080, serves: 'metrics' },
  { container: 'kube-state-metrics', port: 8081, serves: 'its own metrics' },
  { container: 'prometheus-operator', port: 10250, serves: 'webhook, metrics' },
  { container: 'pushgateway', port: 9091, serves: 'pushes, metrics' },
  { container: 'cert-manager-controller', port: 9402, serves: 'metrics' },
  { container: 'cert-manager-controller', port: 9403, serves: 'health', plain: healthAnswer },
  { container: 'cert-manager-webhook', port: 10250, serves: 'webhook' },
  { container: 'cert-manager-webhook', port: 9402, serves: 'metrics' },
  { container: 'cert-manager-webhook', port: 6080, serves: 'health', plain: healthAnswer },
  { container: 'cert-manager-cainjector', port: 9402, serves: 'metrics' },
  { container: 'nats', port: 4222, serves: 'clients' },
  { container: 'nats', port: 6222, serves: 'routes between servers' },
  { container: 'nats', port: 8222, serves: 'monitoring, health' },
  { container: 'nats prom-exporter', port: 7777, serves: 'metrics' },
  { container: 'prometheus-agent', port: 9090, serves: 'metrics, health' },
  { container: 'prometheus-agent config-reloader', port: 8080, serves: 'metrics' },
  { container: 'usdt-exporter', port: 5000, serves: 'metrics' },
  { container: 'batch-pusher', port: 5001, serves: 'API, metrics' },
  {
    container: 'airflow api-server',
    port: 8080,
    serves: 'pages, API',
    plain: 'off in the chart; network policies allow only Airflow itself',
  },
  {
    container: 'airflow scheduler',
    port: 8793,
    serves: 'task logs',
    plain: 'Airflow does not support TLS there; network policies allow no client',
  },
  { container: 'mimir', port: 8080, serves: 'HTTP API, metrics', plain: mimirInside },
  { container: 'mimir', port: 9095, serves: 'gRPC', plain: mimirInside },
  { container: 'mimir', port: 7946, serves: 'gossip', plain: mimirInside },
  { container: 'mimir gateway', port: 8080, serves: 'writes, queries', plain: mimirInside },
];
