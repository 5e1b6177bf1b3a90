/**
 * Computes the replicas, the memory and the volumes of Thanos from the number of series. docs/thanos.md has the
 * measurements from which the constants are derived. The constants are in bytes; the results are Kubernetes quantities
 * in binary units (Mi, Gi).
 */

/** Active series of one cluster, if `central.expectedSeries` is absent. */
export const defaultSeriesPerCluster = 20_000;

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
  /** Bytes of memory of a querier for each series, if a query reads every series. The value is not measured. */
  querierBytesPerSeries: 2_000,
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
 * Bytes of memory for the series of one ingester. The larger value applies if more than twelve ingesters with the
 * smaller value would be necessary.
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
  /** Number of ingesters. @default the smallest number whose memory is enough for the series */
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

export interface ThanosSize {
  readonly samplesPerSecond: number;
  readonly routers: Size;
  readonly ingesters: Size & { readonly volume: string };
  readonly queriers: Size;
  readonly rulers: Size;
  readonly compactorVolume: string;
}

/** Bytes of memory that all ingesters together need for the series and their copies. */
export function seriesBytes({ series, replication }: Pick<Demand, 'series' | 'replication'>): number {
  return series * replication * planned.bytesPerSeriesAndCopy;
}

/**
 * The smallest number of ingesters whose memory is enough for the series. It is at least three and at least the number
 * of copies of a sample.
 */
export function neededIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  const bytes = seriesBytes(demand);
  const [small, large] = ingesterBytes.map((each) => Math.ceil(bytes / each)) as [number, number];
  return Math.max(3, demand.replication, small <= fewIngesters ? small : large);
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
  return {
    samplesPerSecond,
    routers: {
      replicas: routers,
      cpu: cores(perRouter * planned.routerSecondsPerSample),
      memory: memory(planned.emptyProcessBytes + perRouter * planned.routerBytesPerSample),
    },
    ingesters: {
      replicas: ingesters,
      cpu: cores(perIngester * planned.ingesterSecondsPerSample),
      memory: memory(
        planned.emptyProcessBytes + further * planned.bytesPerTenant + seriesBytes(demand) / ingesters,
      ),
      volume: gibibytes(ingesterVolumeBytes(demand)),
    },
    queriers: { replicas: 2, cpu: '100m', memory: memory(Math.min(Math.max(wideQuery, 512e6), 16e9)) },
    rulers: { replicas: 2, cpu: '100m', memory: '512Mi' },
    // The largest compaction covers two weeks. It reads all copies of the blocks and writes one merged copy.
    compactorVolume: gibibytes(
      samplesPerSecond * 14 * 86_400 * planned.bytesPerStoredSample * (replication + 1),
    ),
  };
}

/** Converts CPU seconds per second into a quantity: a multiple of 10m, at least 50m. */
function cores(seconds: number): string {
  return `${Math.max(50, Math.ceil((seconds * 1000) / 10) * 10)}m`;
}

/** Converts bytes into a quantity: a multiple of 64Mi, at least 128Mi. */
function memory(bytes: number): string {
  return `${Math.max(128, Math.ceil(bytes / 2 ** 20 / 64) * 64)}Mi`;
}

export function gibibytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / 2 ** 30))}Gi`;
}
