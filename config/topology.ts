/**
 * Names that cluster and laptop share: whoever reads a series cannot tell from its labels where it was scraped.
 * The chart defaults behind a job name are noted beside it.
 */

export const namespaces = {
  /** Prometheus, Grafana, Alertmanager, Pushgateway and Airflow. */
  monitoring: 'airflow-3',
  /** The primary NATS and the USDT exporter. */
  nats: 'nats',
  /** The federated cluster's default namespace. */
  edge: 'another-cluster',
} as const;

export const releases = {
  operatorCrds: 'prometheus-operator-crds',
  kubePrometheusStack: 'kube-prometheus-stack',
  pushgateway: 'pushgateway',
  nats: 'nats',
} as const;

/** Labels that tell one cluster's series from another's. */
export interface ClusterLabels {
  readonly cluster: string;
  readonly environment: string;
}

export const clusters = {
  primary: { cluster: 'nats-primary', environment: 'production' },
  edge: { cluster: 'another-cluster', environment: 'demo' },
} as const satisfies Record<string, ClusterLabels>;

/** TCP ports, the same in a pod and on a laptop; the edge's NATS shares the laptop with the primary and moves up by one. */
export const ports = {
  console: 3000,
  prometheus: 9090,
  pushgateway: 9091,
  alertmanager: 9093,
  prometheusAgent: 9095,
  nodeExporter: 9100,
  nats: 4222,
  natsMonitor: 8222,
  natsExporter: 7777,
  edgeNats: 4223,
  edgeNatsMonitor: 8223,
  edgeNatsExporter: 7778,
  usdtExporter: 5000,
  batchPusher: 5001,
  binanceStandIn: 5002,
  airflow: 8080,
} as const;

/** Values of the `job` label. A ServiceMonitor's job is its Service's name, a PodMonitor's is `<namespace>/<name>`. */
export const jobs = {
  prometheus: 'kube-prometheus-stack-prometheus',
  alertmanager: 'kube-prometheus-stack-alertmanager',
  /** kube-prometheus-stack sets this one through `jobLabel`. */
  nodeExporter: 'node-exporter',
  pushgateway: 'pushgateway',
  nats: `${namespaces.nats}/nats`,
  usdtExporter: 'usdt-exporter',
  batchPusher: 'batch-pusher',
  certManager: 'cert-manager',
  kubeStateMetrics: 'kube-state-metrics',
  operator: 'kube-prometheus-stack-operator',
  edgeNats: `${namespaces.edge}/nats`,
  prometheusAgent: `${namespaces.edge}/prometheus-agent`,
  /** The grouping key's job of the batch runs, kept by `honor_labels`. */
  batch: 'airflow_etl',
} as const;

/** How often targets are scraped and rules evaluated, in seconds: a presenter sees an effect at once, a cluster pays less. */
export const scrapeIntervalSeconds = { laptop: 5, cluster: 30 } as const;

/** The label that the operator's pods of an agent carry. */
export const agentPodLabel = { app: 'prometheus-agent' } as const;

/** The `dag_id` of the simulated ETL, part of its grouping key. */
export const etlDagId = 'prometheus_metrics_dag';

/** What the configuration promises that Prometheus sees. Alerts on absence compare with it, and so does `verify`. */
export interface Expected {
  /** Jobs of the pipeline that the central Prometheus scrapes itself. */
  readonly centralJobs: readonly string[];
  /** Jobs of the programs that the pipeline needs in a cluster; the central Prometheus scrapes them too. */
  readonly supportJobs: readonly string[];
  /** Jobs that only reach the central Prometheus by remote write. */
  readonly federatedJobs: readonly string[];
  /** The label `cluster` of the primary NATS. */
  readonly primaryCluster: string;
  /** The label `cluster` of each edge. */
  readonly federatedClusters: readonly string[];
}

/** Central jobs that every environment has, and the laptop. */
export const expectedEverywhere = [
  jobs.prometheus,
  jobs.alertmanager,
  jobs.nodeExporter,
  jobs.pushgateway,
  jobs.nats,
] as const;

/** What the laptop pipeline has: every function, and one edge. */
export const expectedOnLaptop: Expected = {
  centralJobs: [...expectedEverywhere, jobs.usdtExporter, jobs.batchPusher],
  supportJobs: [],
  federatedJobs: [jobs.edgeNats, jobs.prometheusAgent],
  primaryCluster: clusters.primary.cluster,
  federatedClusters: [clusters.edge.cluster],
};
