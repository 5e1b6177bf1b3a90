import type { Environment } from '../config/environment.ts';
import { clusters } from '../config/topology.ts';
import { hostingOf } from './hosting.ts';
import { type NamedSource, sourceList } from './sources.ts';

/**
 * The targets that the configuration defines. `verify` and the alerts on missing targets compare the real targets with
 * these targets.
 */
export interface Expected {
  /** Jobs of the pipeline's own programs that the central Prometheus scrapes. */
  readonly centralJobs: readonly string[];
  /**
   * Jobs of the programs that the pipeline needs in a cluster but that are not part of the pipeline. The central
   * Prometheus also scrapes these programs.
   */
  readonly supportJobs: readonly string[];
  /** Jobs whose samples reach the central Prometheus only by remote write. */
  readonly federatedJobs: readonly string[];
  /** Value of the label `cluster` of the primary NATS. */
  readonly primaryCluster: string;
  /** Value of the label `cluster` of each edge. */
  readonly federatedClusters: readonly string[];
}

const watched = sourceList.filter((source) => source.watched);
const jobsOf = (sources: readonly NamedSource[]) => sources.map(({ job }) => job);
const centralOf = (runsOn: NamedSource['runsOn']) =>
  watched.filter((source) => source.scrapedBy === 'central' && source.runsOn === runsOn);
const ofAgents = watched.filter(({ scrapedBy }) => scrapedBy === 'agent');

/** The expected targets of the laptop pipeline: every function, and one edge. */
export const expectedOnLaptop: Expected = {
  centralJobs: jobsOf(centralOf('laptop-and-cluster')),
  supportJobs: [],
  federatedJobs: jobsOf(ofAgents),
  primaryCluster: clusters.primary.cluster,
  federatedClusters: [clusters.edge.cluster],
};

/** The expected targets of an environment. */
export function expectedOf(environment: Environment): Expected {
  const { central, certificates, edges } = environment;
  const runsHere = ({ name, program }: NamedSource) =>
    program.kind !== 'function' || hostingOf(environment, name).host === 'cluster';
  return {
    centralJobs: jobsOf(centralOf('laptop-and-cluster').filter(runsHere)),
    supportJobs: jobsOf(
      centralOf('cluster').filter(({ name }) => name !== 'certManager' || certificates.install),
    ),
    // The job of a PodMonitor starts with its namespace, and each edge has its own namespace.
    federatedJobs: edges.flatMap(({ namespace }) =>
      ofAgents.map((source) => source.job.replace(`${source.namespace}/`, `${namespace}/`)),
    ),
    primaryCluster: central.labels.cluster,
    federatedClusters: edges.map(({ labels }) => labels.cluster),
  };
}
