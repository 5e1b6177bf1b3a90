/** Computes the size of Thanos from the number of series. docs/thanos.md has the measurements. */

import { gibibytes, memoryQuantity } from '../../../config/quantity.ts';

/**
 * Planned number of active series if `expectedSeries` is undefined.
 * Source: a central cluster with one node had at most 54,000 series.
 */
export const defaultSeries = { central: 60_000, edge: 20_000 } as const;

const planned = {
  /** Planned bytes of memory in an ingester for one copy of a series: the measured 4.8 KB and a reserve. */
  bytesPerSeriesAndCopy: 8_000,
  /** CPU seconds of a router for one sample. */
  routerSecondsPerSample: 16e-6,
  /** CPU seconds of an ingester for one copy of a sample. */
  ingesterSecondsPerSample: 12e-6,
  /** Samples per second that a router with one core can receive. */
  samplesPerRouter: 56_000,
  /** Bytes of ingester memory for each additional tenant: the measured 4.2 MB and a reserve. */
  bytesPerTenant: 8e6,
  /** Planned bytes of memory for a Thanos process without series: the measured 76 MB and a reserve. */
  emptyProcessBytes: 128e6,
  /** Bytes of router memory, divided by the samples per second of the router. The measured value is 3,300. */
  routerBytesPerSample: 7_000,
  /** Minimum memory of a router, in bytes. The largest refused request occupied 677 MB. */
  leastRouterBytes: 2 ** 30,
  /** Bytes of querier memory for each series. Estimated for a query that reads all series. */
  querierBytesPerSeries: 2_000,
  /** Memory of a querier for each concurrent query. Not measured. */
  bytesPerQuery: 64e6,
  /**
   * The series limit of a read request is the planned number of series multiplied by this factor.
   * The factor exceeds 1, because a read request also returns series of deleted pods.
   */
  readSeriesFactor: 2,
  /** The series limit for one read request is never lower than this number. */
  leastReadSeries: 100_000,
  /** The default value of the Prometheus option `query.max-samples`. */
  leastReadSamples: 50_000_000,
  /** Samples in one chunk of a series. */
  samplesPerChunk: 120,
  /** Bytes of a sample in a block. The documentation of Prometheus states 1 to 2 bytes. */
  bytesPerStoredSample: 2,
  bytesPerLoggedSample: 8,
  /** Age of the oldest samples in the write-ahead log. */
  loggedSeconds: 3 * 3600,
  /** Share of a volume that stays free for a compaction. */
  freeShare: 0.3,
} as const;

/** Maximum bytes of memory for series in a small ingester, and in a large ingester. */
const ingesterBytes = [8e9, 16e9] as const;
const fewIngesters = 12;

/** Maximum number of ingesters in an environment. A larger installation needs several environments. */
export const maximumIngesters = 30;

export interface Demand {
  /** Active series of all clusters together. */
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  /** Number of ingesters that store each sample. */
  readonly replication: number;
  /** Seconds for which the ingesters keep samples on their volumes. */
  readonly localSeconds: number;
  /** @default `neededIngesters` */
  readonly ingesters?: number;
  /** Number of tenants. Each additional tenant needs memory in every ingester. @default 1 */
  readonly tenants?: number;
}

export interface Size {
  readonly replicas: number;
  readonly cpu: string;
  /** Memory limit of a pod. Every pod except a ruler also requests this amount of memory. */
  readonly memory: string;
}

export interface ReadLimits {
  readonly series: number;
  /** Maximum number of samples in the answer to one request. Thanos counts each chunk as 120 samples. */
  readonly samples: number;
}

export interface ThanosSize {
  readonly samplesPerSecond: number;
  readonly routers: Size;
  readonly ingesters: Size & { readonly volume: string };
  readonly queriers: Size & { readonly concurrentQueries: number };
  /** Limits for a request from a querier to an ingester or to a store gateway. */
  readonly reads: { readonly ingester: ReadLimits; readonly storeGateway: ReadLimits };
  readonly rulers: Size;
  readonly compactorVolume: string;
}

/** Bytes of memory for all copies of the series, in all ingesters together. */
export function seriesBytes({ series, replication }: Pick<Demand, 'series' | 'replication'>): number {
  return series * replication * planned.bytesPerSeriesAndCopy;
}

/** Smallest number of ingesters that can hold the series. Each copy needs a separate ingester. */
export function fewestIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  return Math.max(demand.replication, Math.ceil(seriesBytes(demand) / ingesterBytes[1]));
}

/** Number of ingesters for the series. More series never lead to fewer ingesters. */
export function neededIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  const bytes = seriesBytes(demand);
  const [small, large] = ingesterBytes.map((each) => Math.ceil(bytes / each)) as [number, number];
  return Math.max(3, demand.replication, Math.max(Math.min(small, fewIngesters), large));
}

/** Returns whether all copies of the series fit into the memory of large ingesters. */
export function fits(demand: Pick<Demand, 'series' | 'replication'>, ingesters: number): boolean {
  return seriesBytes(demand) <= ingesters * ingesterBytes[1];
}

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
    // The compactor reads all replicas of a two-week block and writes one merged block.
    compactorVolume: gibibytes(
      samplesPerSecond * 14 * 86_400 * planned.bytesPerStoredSample * (replication + 1),
    ),
  };
}

/** @param planSeries planned number of series in an ingester or in a store gateway */
function readLimits(planSeries: number): ReadLimits {
  const series = Math.max(planned.leastReadSeries, Math.ceil(planSeries * planned.readSeriesFactor));
  // Even an instant query reads one or two whole chunks of each series.
  const samples = Math.max(planned.leastReadSamples, series * 2 * planned.samplesPerChunk);
  return { series, samples };
}

/** Converts CPU seconds per second to a Kubernetes quantity: a multiple of `10m`, and at least `50m`. */
function cores(seconds: number): string {
  return `${Math.max(50, Math.ceil((seconds * 1000) / 10) * 10)}m`;
}

const memory = (bytes: number) => memoryQuantity(bytes, 128);
