import { edgeNames } from './cluster-names.ts';
import type { Environment } from './environment.ts';
import { type Expected, expectedEverywhere, jobs, releases } from './topology.ts';

/** The targets and clusters that follow from an environment's values. */
export function expectedOf(environment: Environment): Expected {
  const { central, certificates, edges, functions, usdtExporter } = environment;
  return {
    centralJobs: [
      ...expectedEverywhere,
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
