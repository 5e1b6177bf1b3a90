/**
 * Computes the replicas, the memory and the volumes of Thanos from the number of series. The constants come from the
 * measurements in docs/thanos.md. The constants are in bytes; the results are Kubernetes quantities (Mi, Gi).
 */

import { gibibytes, memoryQuantity } from '../../../config/quantity.ts';

/**
 * Assumed number of active series in a cluster when neither `central.expectedSeries` nor `edges[].expectedSeries` sets it.
 * The central cluster also has the series of the API server, the kubelets, the node exporters and the platform. Measured
 * with one node: 49,000 series, and 54,000 in an ingester after a restart of its pods.
 */
export const defaultSeries: { readonly central: number; readonly edge: number } = {
  central: 60_000,
  edge: 20_000,
};

/** Resources that the plan assumes. */
const planned = {
  /** Bytes of memory for one copy of a series in an ingester. Measured: 4.8 KB. */
  bytesPerSeriesAndCopy: 8_000,
  /** CPU seconds of a router for one sample. */
  routerSecondsPerSample: 16e-6,
  /** CPU seconds of an ingester to store one copy of a sample. */
  ingesterSecondsPerSample: 12e-6,
  /** Number of samples per second that a router can forward with one core. */
  samplesPerRouter: 56_000,
  /** Bytes of memory for each tenant without series. Measured: 4.2 MB. */
  bytesPerTenant: 8e6,
  /** Bytes of memory of a process without series. Measured: 76 MB. */
  emptyProcessBytes: 128e6,
  /** Bytes of memory of a router for one sample per second. Measured: 3.3 KB. */
  routerBytesPerSample: 7_000,
  /**
   * Minimum memory of a router in bytes. A request with empty series occupies 163 to 677 MB until the router refuses
   * it.
   */
  leastRouterBytes: 2 ** 30,
  /** Bytes of memory of a querier for each series, for a query of all series. Not measured. */
  querierBytesPerSeries: 2_000,
  /** Bytes of memory of a querier for each concurrent query. Not measured. */
  bytesPerQuery: 64e6,
  /** A request may read this many times the planned series. Old series of restarted pods also count. */
  readSeriesFactor: 2,
  /** Minimum of the read limits. The number of samples is the default of Prometheus' `query.max-samples`. */
  leastReadSeries: 100_000,
  leastReadSamples: 50_000_000,
  /** Number of samples in a chunk. An instant query reads one or two chunks of each series. */
  samplesPerChunk: 120,
  /** Bytes of a sample in a block. According to the documentation of Prometheus, a sample needs 1 to 2 bytes. */
  bytesPerStoredSample: 2,
  /** Bytes of a sample in the write-ahead log. */
  bytesPerLoggedSample: 8,
  /** Duration of the write-ahead log in seconds. */
  loggedSeconds: 3 * 3600,
  /** Share of a volume that must stay free. A compaction writes the new block before it deletes the old blocks. */
  freeShare: 0.3,
} as const;

/**
 * Bytes of memory for the series in a small and in a large ingester. The plan uses up to twelve small ingesters, and
 * large ingesters for more series. Therefore additional series never result in fewer ingesters.
 */
const ingesterBytes = [8e9, 16e9] as const;
const fewIngesters = 12;

/** Maximum number of ingesters in an environment. A larger installation needs several environments. */
export const maximumIngesters = 30;

export interface Demand {
  /** Number of active series of all clusters together. */
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  /** Number of ingesters that store each sample. */
  readonly replication: number;
  /** Retention on the volumes of the ingesters, in seconds. */
  readonly localSeconds: number;
  /** Number of ingesters. @default the number that the plan computes from the series */
  readonly ingesters?: number;
  /** Number of tenants. Every ingester has a separate store for each tenant. @default 1 */
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
  /** Maximum number of samples. Thanos counts 120 samples for each chunk that it reads. */
  readonly samples: number;
}

export interface ThanosSize {
  readonly samplesPerSecond: number;
  readonly routers: Size;
  readonly ingesters: Size & { readonly volume: string };
  readonly queriers: Size & { readonly concurrentQueries: number };
  /** Limits of a querier's request to an ingester, and of its request to a store gateway. */
  readonly reads: { readonly ingester: ReadLimits; readonly storeGateway: ReadLimits };
  readonly rulers: Size;
  readonly compactorVolume: string;
}

/** Bytes of memory for all copies of the series, in all ingesters together. */
export function seriesBytes({ series, replication }: Pick<Demand, 'series' | 'replication'>): number {
  return series * replication * planned.bytesPerSeriesAndCopy;
}

/** The smallest number of ingesters of the large size that can hold the series. */
export function fewestIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  return Math.max(demand.replication, Math.ceil(seriesBytes(demand) / ingesterBytes[1]));
}

/**
 * The number of ingesters for the series: at least three, and at least `replication`. More series never result in fewer
 * ingesters.
 */
export function neededIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  const bytes = seriesBytes(demand);
  const [small, large] = ingesterBytes.map((each) => Math.ceil(bytes / each)) as [number, number];
  return Math.max(3, demand.replication, Math.max(Math.min(small, fewIngesters), large));
}

/** Whether this number of ingesters of the large size can hold the series. */
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
    // The largest compaction reads all copies of two weeks of blocks, and writes one merged copy.
    compactorVolume: gibibytes(
      samplesPerSecond * 14 * 86_400 * planned.bytesPerStoredSample * (replication + 1),
    ),
  };
}

/** @param planSeries number of series that the plan assumes for the process */
function readLimits(planSeries: number): ReadLimits {
  const series = Math.max(planned.leastReadSeries, Math.ceil(planSeries * planned.readSeriesFactor));
  const samples = Math.max(planned.leastReadSamples, series * 2 * planned.samplesPerChunk);
  return { series, samples };
}

/** Kubernetes quantity for a number of cores: a multiple of 10m, at least 50m. */
function cores(seconds: number): string {
  return `${Math.max(50, Math.ceil((seconds * 1000) / 10) * 10)}m`;
}

/** Kubernetes quantity for the memory of a process: at least 128Mi. */
const memory = (bytes: number) => memoryQuantity(bytes, 128);
