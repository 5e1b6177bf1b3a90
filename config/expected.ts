import { edgeNames } from './cluster-names.ts';
import type { Environment } from './environment.ts';
import { clusters, jobs, releases } from './topology.ts';

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

const everywhere = [
  jobs.prometheus,
  jobs.alertmanager,
  jobs.nodeExporter,
  jobs.pushgateway,
  jobs.nats,
] as const;

/** What the laptop pipeline has: every function, and one edge. */
export const expectedOnLaptop: Expected = {
  centralJobs: [...everywhere, jobs.usdtExporter, jobs.batchPusher],
  supportJobs: [],
  federatedJobs: [jobs.edgeNats, jobs.prometheusAgent],
  primaryCluster: clusters.primary.cluster,
  federatedClusters: [clusters.edge.cluster],
};

/** What an environment has by its own values. */
export function expectedOf(environment: Environment): Expected {
  const { central, certificates, edges, functions, usdtExporter } = environment;
  return {
    centralJobs: [
      ...everywhere,
      ...(usdtExporter.host === 'cluster' ? [jobs.usdtExporter] : []),
      ...(functions.host === 'cluster' ? [jobs.batchPusher] : []),
    ],
    supportJobs: [jobs.kubeStateMetrics, jobs.operator, ...(certificates.install ? [jobs.certManager] : [])],
    federatedJobs: edges.flatMap(({ namespace }) => [
      `${namespace}/${releases.nats}`,
      `${namespace}/${edgeNames.agent}`,
    ]),
    primaryCluster: central.labels.cluster,
    federatedClusters: edges.map(({ labels }) => labels.cluster),
  };
}
