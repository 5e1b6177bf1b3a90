import { hasObjectStore, runsThanos } from '../config/engines.ts';
import type { Environment } from '../config/environment.ts';
import { clusters } from '../config/topology.ts';
import { hostingOf } from './hosting.ts';
import { type NamedSource, sourceList } from './sources.ts';
import { laptopThanosJobs } from './thanos.ts';

/** Targets that the configuration requires. `verify` and alerts detect a missing target. */
export interface Expected {
  /** Scrape jobs of the central Prometheus, without supporting programs such as cert-manager. */
  readonly centralJobs: readonly string[];
  /** Jobs of cluster-only programs that the central Prometheus scrapes, such as cert-manager. */
  readonly supportJobs: readonly string[];
  /** Jobs that the agents scrape. The agents send the samples by remote write. */
  readonly federatedJobs: readonly string[];
  /** Value of the label `cluster` of the primary NATS. */
  readonly primaryCluster: string;
  /** Values of the label `cluster` of all edges. */
  readonly federatedClusters: readonly string[];
  /** True if Thanos is the engine, or the second engine during a move to or from Thanos. */
  readonly thanos: boolean;
  readonly objectStore: boolean;
  /** True if Thanos is the engine: its rulers send the alerts to Alertmanager. */
  readonly rulersNotify: boolean;
}

const watched = sourceList.filter((source) => source.watched);
const jobsOf = (sources: readonly NamedSource[]) => sources.map(({ job }) => job);
const centralOf = (runsOn: NamedSource['runsOn']) =>
  watched.filter(
    ({ engine, ...source }) => source.scrapedBy === 'central' && source.runsOn === runsOn && !engine,
  );
const ofThanos = watched.filter(({ engine }) => engine === 'thanos');
const ofAgents = watched.filter(({ scrapedBy }) => scrapedBy === 'agent');

export const expectedOnLaptop: Expected = {
  centralJobs: jobsOf(centralOf('laptop-and-cluster')),
  supportJobs: [],
  federatedJobs: jobsOf(ofAgents),
  primaryCluster: clusters.primary.cluster,
  federatedClusters: [clusters.edge.cluster],
  thanos: false,
  objectStore: false,
  rulersNotify: false,
};

/** Expected number of series of all sources on the laptop, without Thanos. */
export const seriesOnLaptop = sourceList
  .filter(({ runsOn }) => runsOn === 'laptop-and-cluster')
  .reduce((series, { expectedSeries }) => series + expectedSeries, 0);

export const expectedWithThanos: Expected = {
  ...expectedOnLaptop,
  centralJobs: [...expectedOnLaptop.centralJobs, ...Object.values(laptopThanosJobs)],
  thanos: true,
  rulersNotify: true,
};

export const expectedEverywhere: Expected = { ...expectedWithThanos, objectStore: true };

/** The fields of `Expected` about Thanos and its object store. */
export function storageOf(
  environment: Pick<Environment, 'central' | 'platform'>,
): Pick<Expected, 'thanos' | 'objectStore' | 'rulersNotify'> {
  const thanos = runsThanos(environment.central);
  const rulersNotify = environment.central.engine === 'thanos';
  return { thanos, objectStore: thanos && hasObjectStore(environment), rulersNotify };
}

export function expectedOf(environment: Environment): Expected {
  const { central, certificates, edges } = environment;
  const { thanos, objectStore, rulersNotify } = storageOf(environment);
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
    // The job of a PodMonitor is `<namespace>/<name>`, with the namespace of the edge.
    federatedJobs: edges.flatMap(({ namespace }) =>
      ofAgents.map((source) => source.job.replace(`${source.namespace}/`, `${namespace}/`)),
    ),
    primaryCluster: central.labels.cluster,
    federatedClusters: edges.map(({ labels }) => labels.cluster),
    thanos,
    objectStore,
    rulersNotify,
  };
}
