export const namespaces = {
  /** Namespace of Airflow, Prometheus, Grafana, Alertmanager and the Pushgateway. */
  monitoring: 'airflow-3',
  /** Namespace of the primary NATS and the USDT exporter. */
  nats: 'nats',
  edge: 'another-cluster',
} as const;

export const releases = {
  operatorCrds: 'prometheus-operator-crds',
  kubePrometheusStack: 'kube-prometheus-stack',
  pushgateway: 'pushgateway',
  nats: 'nats',
} as const;

/** Labels that distinguish the series of different clusters. */
export interface ClusterLabels {
  readonly cluster: string;
  readonly environment: string;
}

export const clusters = {
  primary: { cluster: 'nats-primary', environment: 'production' },
  edge: { cluster: 'another-cluster', environment: 'demo' },
} as const satisfies Record<string, ClusterLabels>;

/** The folder `sources/` declares the ports of scraped programs, except Thanos on the laptop. */
export const ports = {
  console: 3000,
  grafana: 3300,
  nats: 4222,
  natsMonitor: 8222,
  /** On the laptop, both NATS servers run on the same machine, and need different ports. */
  edgeNats: 4223,
  edgeNatsMonitor: 8223,
  binanceMock: 5002,
  remoteWriteListener: 9096,
  airflow: 8080,
  /** The following ports belong to Thanos on the laptop: to three receivers, a querier and a ruler. */
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

export const laptopEngines = ['prometheus', 'thanos'] as const;
export type LaptopEngine = (typeof laptopEngines)[number];

/** Label `job` of each push of the batch. Prometheus keeps this label because of `honor_labels`. */
export const batchJob = 'airflow_etl';

/** Label of the pods of an agent. Our PrometheusAgent object sets this label with `podMetadata`. */
export const agentPodLabel = { app: 'prometheus-agent' } as const;

/** `dag_id` of the simulated ETL. The grouping key of each push contains it as a label. */
export const etlDagId = 'prometheus_metrics_dag';
