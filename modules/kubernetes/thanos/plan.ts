import type { Environment } from '../../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { seconds } from '../../../metrics/duration.ts';
import { type Demand, defaultSeriesPerCluster, type ThanosSize, thanosSize } from './sizing.ts';

export interface ThanosPlan {
  readonly demand: Demand;
  readonly replication: number;
  /** Tenant of an edge, by the name of the edge. */
  readonly tenants: Readonly<Record<string, string>>;
  /** Prometheus durations. */
  readonly localRetention: string;
  readonly storeRetention: string;
  readonly size: ThanosSize;
}

/** With an object store, the volumes keep two days: blocks are uploaded every two hours. */
const localBesideStore = '2d';

/** What the values of an environment mean for Thanos. @param objectStore whether blocks are uploaded */
export function thanosPlan({ central, edges }: Environment, objectStore: boolean): ThanosPlan {
  const given = central.engine === 'azure-monitor' ? {} : (central.thanos ?? {});
  const { ingesters, replication = 3, retention, volume, tenants = {} } = given;
  const localRetention = objectStore ? localBesideStore : (retention ?? central.retention?.time ?? '10d');
  const demand: Demand = {
    series: central.expectedSeries ?? defaultSeriesPerCluster * (1 + edges.length),
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
