import { hasObjectStore, runsThanos } from '../config/engines.ts';
import type { Environment } from '../config/environment.ts';
import { clusters } from '../config/topology.ts';
import { hostingOf } from './hosting.ts';
import { type NamedSource, sourceList } from './sources.ts';
import { laptopThanosJobs } from './thanos.ts';

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
  /** Whether Thanos runs: as the engine, or as the other engine of a move. Some rules and dashboards are about Thanos. */
  readonly thanos: boolean;
  /** Whether Thanos keeps blocks in an object store. */
  readonly objectStore: boolean;
}

const watched = sourceList.filter((source) => source.watched);
const jobsOf = (sources: readonly NamedSource[]) => sources.map(({ job }) => job);
const centralOf = (runsOn: NamedSource['runsOn']) =>
  watched.filter(
    ({ engine, ...source }) => source.scrapedBy === 'central' && source.runsOn === runsOn && !engine,
  );
const ofThanos = watched.filter(({ engine }) => engine === 'thanos');
const ofAgents = watched.filter(({ scrapedBy }) => scrapedBy === 'agent');

/** The expected targets of the laptop pipeline: every function, and one edge. */
export const expectedOnLaptop: Expected = {
  centralJobs: jobsOf(centralOf('laptop-and-cluster')),
  supportJobs: [],
  federatedJobs: jobsOf(ofAgents),
  primaryCluster: clusters.primary.cluster,
  federatedClusters: [clusters.edge.cluster],
  thanos: false,
  objectStore: false,
};

/** Series that the sources of the laptop expose together. */
export const seriesOnLaptop = sourceList
  .filter(({ runsOn }) => runsOn === 'laptop-and-cluster')
  .reduce((series, { expectedSeries }) => series + expectedSeries, 0);

/** The expected targets of the laptop pipeline with the engine `thanos`. */
export const expectedWithThanos: Expected = {
  ...expectedOnLaptop,
  centralJobs: [...expectedOnLaptop.centralJobs, ...Object.values(laptopThanosJobs)],
  thanos: true,
};

/** Targets with which every rule group exists: those of the laptop, with an object store. For lists of all rules. */
export const expectedEverywhere: Expected = { ...expectedWithThanos, objectStore: true };

/** Whether Thanos runs in an environment, and whether it keeps blocks in an object store. */
export function storageOf(
  environment: Pick<Environment, 'central' | 'platform'>,
): Pick<Expected, 'thanos' | 'objectStore'> {
  const thanos = runsThanos(environment.central);
  return { thanos, objectStore: thanos && hasObjectStore(environment) };
}

/** The expected targets of an environment. */
export function expectedOf(environment: Environment): Expected {
  const { central, certificates, edges } = environment;
  const { thanos, objectStore } = storageOf(environment);
  const runsHere = ({ name, program }: NamedSource) =>
    program.kind !== 'function' || hostingOf(environment, name).host === 'cluster';
  return {
    centralJobs: jobsOf([
      ...centralOf('laptop-and-cluster').filter(runsHere),
      ...(thanos ? ofThanos.filter(({ needs }) => !needs || objectStore) : []),
    ]),
    supportJobs: jobsOf(
      centralOf('cluster').filter(({ name }) => name !== 'certManager' || certificates.install),
    ),
    // The job of a PodMonitor starts with its namespace, and each edge has its own namespace.
    federatedJobs: edges.flatMap(({ namespace }) =>
      ofAgents.map((source) => source.job.replace(`${source.namespace}/`, `${namespace}/`)),
    ),
    primaryCluster: central.labels.cluster,
    federatedClusters: edges.map(({ labels }) => labels.cluster),
    thanos,
    objectStore,
  };
}
