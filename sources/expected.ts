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
  /** What receives the samples and evaluates the rules. Some rules and dashboards exist for one engine only. */
  readonly engine: Environment['central']['engine'];
  /** Whether the engine keeps blocks in an object store. */
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
  engine: 'prometheus',
  objectStore: false,
};

/** The expected targets of the laptop pipeline with the engine `thanos`. */
export const expectedWithThanos: Expected = {
  ...expectedOnLaptop,
  centralJobs: [...expectedOnLaptop.centralJobs, ...Object.values(laptopThanosJobs)],
  engine: 'thanos',
};

/** Targets with which every rule group exists: those of the laptop, with an object store. For lists of all rules. */
export const expectedEverywhere: Expected = { ...expectedWithThanos, objectStore: true };

/** The engine of an environment, and whether the engine keeps blocks in an object store. */
export const storageOf = ({
  central: { engine },
  platform,
}: Pick<Environment, 'central' | 'platform'>): Pick<Expected, 'engine' | 'objectStore'> => ({
  engine,
  objectStore: engine === 'thanos' && 'objectStorage' in platform,
});

/** The expected targets of an environment. */
export function expectedOf(environment: Environment): Expected {
  const { central, certificates, edges } = environment;
  const { engine, objectStore } = storageOf(environment);
  const runsHere = ({ name, program }: NamedSource) =>
    program.kind !== 'function' || hostingOf(environment, name).host === 'cluster';
  return {
    centralJobs: jobsOf([
      ...centralOf('laptop-and-cluster').filter(runsHere),
      ...(engine === 'thanos' ? ofThanos.filter(({ needs }) => !needs || objectStore) : []),
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
    engine,
    objectStore,
  };
}
