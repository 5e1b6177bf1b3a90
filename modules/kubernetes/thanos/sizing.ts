/**
 * Computes the replicas, the memory and the volumes of Thanos from the number of series. docs/thanos.md has the
 * measurements from which the constants are derived. The constants are in bytes; the results are Kubernetes quantities
 * in binary units (Mi, Gi).
 */

import { gibibytes, memoryQuantity } from '../../../config/quantity.ts';

/**
 * Active series of a cluster, if neither `central.expectedSeries` nor `edges[].expectedSeries` sets them. The central
 * cluster also has the series of the API server, the kubelets, the exporters of the nodes and the platform: with one node,
 * 49,000 series were measured, and 54,000 in an ingester after its pods had restarted.
 */
export const defaultSeries = { central: 60_000, edge: 20_000 } as const;

/** Planned resources for one copy of a sample or of a series. */
const planned = {
  /** Bytes of memory for one copy of a series in an ingester. 4.8 KB were measured. */
  bytesPerSeriesAndCopy: 8_000,
  /** CPU seconds that a router needs for a sample. */
  routerSecondsPerSample: 16e-6,
  /** CPU seconds that an ingester needs to store a sample. */
  ingesterSecondsPerSample: 12e-6,
  /** Number of samples per second that a router forwards with one core. */
  samplesPerRouter: 56_000,
  /** 4.2 MB are measured for the store of a tenant without series. */
  bytesPerTenant: 8e6,
  /** An empty process has 76 MB. */
  emptyProcessBytes: 128e6,
  /** Bytes of memory of a router for each sample per second. 3.3 KB were measured. */
  routerBytesPerSample: 7_000,
  /**
   * Least bytes of memory of a router. With the limits on a write, a body of empty series occupies 163 to 677 MB until
   * the router refuses it.
   */
  leastRouterBytes: 2 ** 30,
  /** Bytes of memory of a querier for each series, if a query reads every series. The value is not measured. */
  querierBytesPerSeries: 2_000,
  /** Bytes of memory of a querier for each query that runs at the same time. The value is not measured. */
  bytesPerQuery: 64e6,
  /** Series that a request may read, as a multiple of the planned series: restarted pods leave their old series. */
  readSeriesFactor: 2,
  /** A read of at most this many series and samples is never refused. The samples are Prometheus' `query.max-samples`. */
  leastReadSeries: 100_000,
  leastReadSamples: 50_000_000,
  /** Samples of a chunk. An instant query reads one or two chunks of each series. */
  samplesPerChunk: 120,
  /** Bytes of a sample in a block. The documentation of Prometheus states 1 to 2 bytes. */
  bytesPerStoredSample: 2,
  /** Bytes of a sample in the write-ahead log. */
  bytesPerLoggedSample: 8,
  /** Seconds of samples that the write-ahead log contains. */
  loggedSeconds: 3 * 3600,
  /** Share of a volume that stays free, because a compaction writes the new block before it deletes the old blocks. */
  freeShare: 0.3,
} as const;

/**
 * Bytes of memory for the series of one ingester. With the smaller value, there are at most twelve ingesters. Above,
 * twelve ingesters grow to the larger value before their number grows: the number never falls if series are added.
 */
const ingesterBytes = [8e9, 16e9] as const;
const fewIngesters = 12;

/**
 * Maximum number of ingesters in an environment. The edges of a larger installation must be distributed over several
 * environments.
 */
export const maximumIngesters = 30;

export interface Demand {
  /** Active series of all clusters together. */
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  /** Number of ingesters that store each sample. */
  readonly replication: number;
  /** Seconds for which the volumes of the ingesters keep samples. */
  readonly localSeconds: number;
  /** Number of ingesters. @default the planned number for the series */
  readonly ingesters?: number;
  /** Tenants, each of which has its own store in every ingester. @default 1 */
  readonly tenants?: number;
}

export interface Size {
  readonly replicas: number;
  /** CPU request as a Kubernetes quantity. */
  readonly cpu: string;
  /** Memory request and memory limit as a Kubernetes quantity. */
  readonly memory: string;
}

export interface ReadLimits {
  readonly series: number;
  /** Thanos counts 120 samples for each chunk that it reads. */
  readonly samples: number;
}

export interface ThanosSize {
  readonly samplesPerSecond: number;
  readonly routers: Size;
  readonly ingesters: Size & { readonly volume: string };
  readonly queriers: Size & { readonly concurrentQueries: number };
  /** Limits of one request of a querier to one ingester, and to one store gateway. */
  readonly reads: { readonly ingester: ReadLimits; readonly storeGateway: ReadLimits };
  readonly rulers: Size;
  readonly compactorVolume: string;
}

/** Bytes of memory that all ingesters together need for the series and their copies. */
export function seriesBytes({ series, replication }: Pick<Demand, 'series' | 'replication'>): number {
  return series * replication * planned.bytesPerSeriesAndCopy;
}

/** The smallest number of ingesters that can hold the series, if each ingester has the larger memory. */
export function fewestIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  return Math.max(demand.replication, Math.ceil(seriesBytes(demand) / ingesterBytes[1]));
}

/**
 * The planned number of ingesters. It is at least three, at least the number of copies of a sample, and never smaller
 * for more series.
 */
export function neededIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  const bytes = seriesBytes(demand);
  const [small, large] = ingesterBytes.map((each) => Math.ceil(bytes / each)) as [number, number];
  return Math.max(3, demand.replication, Math.max(Math.min(small, fewIngesters), large));
}

/** Whether the memory of this number of ingesters is enough for the series, if each ingester has the larger memory. */
export function fits(demand: Pick<Demand, 'series' | 'replication'>, ingesters: number): boolean {
  return seriesBytes(demand) <= ingesters * ingesterBytes[1];
}

/** Size of the volume of each ingester in bytes. */
export function ingesterVolumeBytes(demand: Demand): number {
  const ingesters = demand.ingesters ?? neededIngesters(demand);
  const samples = ((demand.series / demand.scrapeIntervalSeconds) * demand.replication) / ingesters;
  const blocks = samples * demand.localSeconds * planned.bytesPerStoredSample;
  const log = samples * planned.loggedSeconds * planned.bytesPerLoggedSample;
  return (blocks + log) / (1 - planned.freeShare);
}

export function thanosSize(demand: Demand): ThanosSize {
  const { series, replication, scrapeIntervalSeconds } = demand;
  const ingesters = demand.ingesters ?? neededIngesters(demand);
  const further = (demand.tenants ?? 1) - 1;
  const samplesPerSecond = series / scrapeIntervalSeconds;
  const routers = Math.max(2, Math.ceil(samplesPerSecond / planned.samplesPerRouter));
  const perRouter = samplesPerSecond / routers;
  const perIngester = (samplesPerSecond * replication) / ingesters;
  const wideQuery = planned.emptyProcessBytes + series * planned.querierBytesPerSeries;
  const querierBytes = Math.min(Math.max(wideQuery, 512e6), 16e9);
  return {
    samplesPerSecond,
    routers: {
      replicas: routers,
      cpu: cores(perRouter * planned.routerSecondsPerSample),
      memory: memory(
        Math.max(
          planned.leastRouterBytes,
          planned.emptyProcessBytes + perRouter * planned.routerBytesPerSample,
        ),
      ),
    },
    ingesters: {
      replicas: ingesters,
      cpu: cores(perIngester * planned.ingesterSecondsPerSample),
      memory: memory(
        planned.emptyProcessBytes + further * planned.bytesPerTenant + seriesBytes(demand) / ingesters,
      ),
      volume: gibibytes(ingesterVolumeBytes(demand)),
    },
    queriers: {
      replicas: 2,
      cpu: '100m',
      memory: memory(querierBytes),
      concurrentQueries: Math.min(20, Math.floor(querierBytes / planned.bytesPerQuery)),
    },
    reads: {
      ingester: readLimits((series * replication) / ingesters),
      storeGateway: readLimits(series),
    },
    rulers: { replicas: 2, cpu: '100m', memory: '512Mi' },
    // The largest compaction covers two weeks. It reads all copies of the blocks and writes one merged copy.
    compactorVolume: gibibytes(
      samplesPerSecond * 14 * 86_400 * planned.bytesPerStoredSample * (replication + 1),
    ),
  };
}

/** @param planSeries planned series of the process */
function readLimits(planSeries: number): ReadLimits {
  const series = Math.max(planned.leastReadSeries, Math.ceil(planSeries * planned.readSeriesFactor));
  const samples = Math.max(planned.leastReadSamples, series * 2 * planned.samplesPerChunk);
  return { series, samples };
}

/** Converts CPU seconds per second into a quantity: a multiple of 10m, at least 50m. */
function cores(seconds: number): string {
  return `${Math.max(50, Math.ceil((seconds * 1000) / 10) * 10)}m`;
}

/** The memory of a process: at least 128Mi. */
const memory = (bytes: number) => memoryQuantity(bytes, 128);
