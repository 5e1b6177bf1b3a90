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
  /** Listener to which the agent of an edge sends its samples. */
  remoteWriteListener: 9096,
  airflow: 8080,
  /** Thanos, only on a laptop with the engine `thanos`. A receiver also listens for remote write and for Cap'n Proto. */
  thanosReceive1: 9010,
  thanosReceive1Grpc: 9011,
  thanosReceive1Write: 9012,
  thanosReceive1Capnproto: 9013,
  thanosReceive2: 9020,
  thanosReceive2Grpc: 9021,
  thanosReceive2Write: 9022,
  thanosReceive2Capnproto: 9023,
  thanosReceive3: 9030,
  thanosReceive3Grpc: 9031,
  thanosReceive3Write: 9032,
  thanosReceive3Capnproto: 9033,
  thanosQuery: 9040,
  thanosQueryGrpc: 9041,
  thanosRule: 9050,
  thanosRuleGrpc: 9051,
} as const;

/**
 * Engines of the laptop, which store the samples and evaluate the rules: one Prometheus, or Thanos with three
 * receivers, a querier and a ruler.
 */
export const laptopEngines = ['prometheus', 'thanos'] as const;
export type LaptopEngine = (typeof laptopEngines)[number];

/** The job of batch runs. The pushed grouping key contains this job, and `honor_labels` keeps it. */
export const batchJob = 'airflow_etl';

/** The label that the operator sets on the pods of an agent. */
export const agentPodLabel = { app: 'prometheus-agent' } as const;

/** The `dag_id` of the simulated ETL, which is also a label in its grouping key. */
export const etlDagId = 'prometheus_metrics_dag';
