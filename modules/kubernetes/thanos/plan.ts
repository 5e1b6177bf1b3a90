import { hasObjectStore, thanosSettings } from '../../../config/engines.ts';
import type { Environment } from '../../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { thanosCopies } from '../../../config/thanos.ts';
import { seconds } from '../../../metrics/duration.ts';
import { writtenSeries } from '../edge/plan.ts';
import { type Demand, defaultSeries, type ThanosSize, thanosSize } from './sizing.ts';

export interface ThanosPlan {
  readonly demand: Demand;
  readonly replication: number;
  /** The keys are names of edges. */
  readonly tenants: Readonly<Record<string, string>>;
  readonly localRetention: string;
  readonly storeRetention: string;
  readonly size: ThanosSize;
}

/** The retention must be longer than two hours, the upload interval of blocks. */
const localBesideStore = '2d';

export function thanosPlan(environment: Environment): ThanosPlan {
  const { central, edges } = environment;
  const {
    ingesters,
    replication = thanosCopies,
    retention,
    volume,
    tenants = {},
  } = thanosSettings(environment);
  const localRetention = hasObjectStore(environment)
    ? localBesideStore
    : (retention ?? central.retention?.time ?? '10d');
  const demand: Demand = {
    series:
      central.expectedSeries ??
      edges.reduce<number>((sum, edge) => sum + writtenSeries(edge), defaultSeries.central),
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    replication,
    localSeconds: seconds(localRetention),
    tenants: 1 + new Set(Object.values(tenants)).size,
    ...(ingesters !== undefined && { ingesters }),
  };
  const size = thanosSize(demand);
  return {
    demand,
    replication,
    tenants,
    localRetention,
    storeRetention: retention ?? '1y',
    size: volume === undefined ? size : { ...size, ingesters: { ...size.ingesters, volume } },
  };
}
