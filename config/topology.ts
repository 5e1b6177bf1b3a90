/** Names that the cluster and the laptop share, because the labels of a series must be equal on both. */

export const namespaces = {
  /** Namespace of Prometheus, Grafana, Alertmanager, the Pushgateway and Airflow. */
  monitoring: 'airflow-3',
  /** Namespace of the primary NATS and the USDT exporter. */
  nats: 'nats',
  /** Default namespace of an edge. */
  edge: 'another-cluster',
} as const;

export const releases = {
  operatorCrds: 'prometheus-operator-crds',
  kubePrometheusStack: 'kube-prometheus-stack',
  pushgateway: 'pushgateway',
  nats: 'nats',
} as const;

/** Labels that distinguish the series of one cluster from the series of the other clusters. */
export interface ClusterLabels {
  readonly cluster: string;
  readonly environment: string;
}

export const clusters = {
  primary: { cluster: 'nats-primary', environment: 'production' },
  edge: { cluster: 'another-cluster', environment: 'demo' },
} as const satisfies Record<string, ClusterLabels>;

/** TCP ports of endpoints that Prometheus does not scrape. A scraped source declares its own port in `sources/`. */
export const ports = {
  console: 3000,
  /** Grafana on the laptop, only if `grafana` is on PATH. */
  grafana: 3300,
  nats: 4222,
  natsMonitor: 8222,
  /** The NATS of the edge on the laptop, where it needs a port different from the port of the primary NATS. */
  edgeNats: 4223,
  edgeNatsMonitor: 8223,
  binanceMock: 5002,
  airflow: 8080,
} as const;

/** The job of batch runs. The pushed grouping key contains this job, and `honor_labels` keeps it. */
export const batchJob = 'airflow_etl';

/** The label that the operator sets on the pods of an agent. */
export const agentPodLabel = { app: 'prometheus-agent' } as const;

/** The `dag_id` of the simulated ETL, which is also a label in its grouping key. */
export const etlDagId = 'prometheus_metrics_dag';
