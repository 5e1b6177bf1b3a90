import type { Environment } from '../../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { seconds } from '../../../metrics/duration.ts';
import { writtenSeries } from '../edge/plan.ts';
import { type Demand, defaultSeriesPerCluster, type ThanosSize, thanosSize } from './sizing.ts';

export interface ThanosPlan {
  readonly demand: Demand;
  readonly replication: number;
  /** Prometheus durations. */
  readonly localRetention: string;
  readonly storeRetention: string;
  readonly size: ThanosSize;
}

/** With an object store, the volumes keep two days: blocks are uploaded every two hours. */
const localBesideStore = '2d';

/** What the values of an environment mean for Thanos. @param objectStore whether blocks are uploaded */
export function thanosPlan({ central, edges }: Environment, objectStore: boolean): ThanosPlan {
  const given = central.engine === 'thanos' ? (central.thanos ?? {}) : {};
  const { ingesters, replication = 3, retention, volume } = given;
  const localRetention = objectStore ? localBesideStore : (retention ?? central.retention?.time ?? '10d');
  const demand: Demand = {
    series:
      central.expectedSeries ??
      edges.reduce((sum, edge) => sum + writtenSeries(edge), defaultSeriesPerCluster),
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    replication,
    localSeconds: seconds(localRetention),
    ...(ingesters !== undefined && { ingesters }),
  };
  const size = thanosSize(demand);
  return {
    demand,
    replication,
    localRetention,
    storeRetention: retention ?? '1y',
    size: volume === undefined ? size : { ...size, ingesters: { ...size.ingesters, volume } },
  };
}
