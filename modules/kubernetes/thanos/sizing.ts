/**
 * Sizes of the engine Thanos, from the number of series. docs/thanos.md has the measured figures behind the constants.
 * Bytes and megabytes are decimal in the arithmetic, and binary in the results, which are quantities of Kubernetes.
 */

/** Active series of one cluster, if `central.expectedSeries` is absent. */
export const defaultSeriesPerCluster = 20_000;

/** Figures for one copy of a sample or of a series. */
const planned = {
  /** 4.8 KB are measured. */
  bytesPerSeriesAndCopy: 8_000,
  /** Seconds of CPU of a router for a sample. */
  routerSecondsPerSample: 16e-6,
  /** Seconds of CPU of each ingester that stores a sample. */
  ingesterSecondsPerSample: 12e-6,
  /** Samples that one router forwards in a second, with one core. */
  samplesPerRouter: 56_000,
  /** 4.2 MB are measured for the store of a tenant without series. */
  bytesPerTenant: 8e6,
  /** An empty process has 76 MB. */
  emptyProcessBytes: 128e6,
  /** 3.3 KB are measured for each sample in a second. */
  routerBytesPerSample: 7_000,
  /** For a query that reads every series. Not measured. */
  querierBytesPerSeries: 2_000,
  /** Prometheus documents 1 to 2 bytes for a stored sample. */
  bytesPerStoredSample: 2,
  /** Bytes of a sample in the write-ahead log, and the time that the log covers. */
  bytesPerLoggedSample: 8,
  loggedSeconds: 3 * 3600,
  /** Share of a volume that stays free, because compaction writes a block before it deletes the sources. */
  freeShare: 0.3,
} as const;

/** Memory for the series of one ingester. The larger one applies above twelve ingesters of the smaller one. */
const ingesterBytes = [8e9, 16e9] as const;
const fewIngesters = 12;

/** A larger environment needs several tenants; distribute the edges over several environments instead. */
export const maximumIngesters = 30;

export interface Demand {
  /** Active series of all clusters together. */
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  /** Ingesters that store each sample. */
  readonly replication: number;
  /** Time that the volumes of the ingesters keep samples. Seconds. */
  readonly localSeconds: number;
  /** @default the smallest number that holds the series */
  readonly ingesters?: number;
  /** Tenants, each of which has its own store in every ingester. @default 1 */
  readonly tenants?: number;
}

export interface Size {
  readonly replicas: number;
  /** Quantity of CPU. */
  readonly cpu: string;
  /** Quantity of bytes; request and limit. */
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

/** Bytes of memory for the series of all ingesters. */
export function seriesBytes({ series, replication }: Pick<Demand, 'series' | 'replication'>): number {
  return series * replication * planned.bytesPerSeriesAndCopy;
}

/** The smallest number of ingesters that holds the series; at least three and at least the copies of a sample. */
export function neededIngesters(demand: Pick<Demand, 'series' | 'replication'>): number {
  const bytes = seriesBytes(demand);
  const [small, large] = ingesterBytes.map((each) => Math.ceil(bytes / each)) as [number, number];
  return Math.max(3, demand.replication, small <= fewIngesters ? small : large);
}

/** Whether the series fit into a number of ingesters of the largest size. */
export function fits(demand: Pick<Demand, 'series' | 'replication'>, ingesters: number): boolean {
  return seriesBytes(demand) <= ingesters * ingesterBytes[1];
}

/** Bytes of the volume of each ingester. */
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
    // A compaction of two weeks reads every copy, and writes one.
    compactorVolume: gibibytes(
      samplesPerSecond * 14 * 86_400 * planned.bytesPerStoredSample * (replication + 1),
    ),
  };
}

/** At least 50m, in steps of 10m. */
function cores(seconds: number): string {
  return `${Math.max(50, Math.ceil((seconds * 1000) / 10) * 10)}m`;
}

/** In steps of 64Mi, at least 128Mi. */
function memory(bytes: number): string {
  return `${Math.max(128, Math.ceil(bytes / 2 ** 20 / 64) * 64)}Mi`;
}

export function gibibytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / 2 ** 30))}Gi`;
}
