import { type DocumentedQuery, queriesOf } from '../../metrics/queries.ts';
import { type Check, type Finding, fail, pass, type System, wait } from '../check.ts';

type FirstBatch = NonNullable<System['firstBatch']>;

/** Checks that every documented query returns data, including data of each required cluster. */
export const queries: Check = (system) => {
  const { primaryCluster, federatedClusters } = system;
  let found: ReturnType<FirstBatch> | undefined;
  const firstBatch: FirstBatch = async () => {
    found ??= system.firstBatch?.();
    return found;
  };
  const asked = { ...system, firstBatch };
  return Promise.all(queriesOf(primaryCluster, federatedClusters).map((q) => checkQuery(asked, q)));
};

async function checkQuery(system: System, { act, expr, clusters = [] }: DocumentedQuery): Promise<Finding> {
  const series = await system.prometheus.query(expr);
  if (series.length === 0) return act === 'push' ? withoutBatch(system, expr) : fail(expr, 'no data');
  const seen = new Set(series.map((s) => s.metric.cluster));
  const missing = clusters.filter((cluster) => !seen.has(cluster));
  if (missing.length > 0) {
    const found = [...seen].flatMap((cluster) => (cluster ? `cluster="${cluster}"` : []));
    return fail(
      expr,
      `The query returns only series with ${found.join(' or ') || 'no label `cluster`'}. Expected also series of the cluster ${missing.join(', ')}. Search for failed scrape targets in the cluster ${missing.join(', ')}.`,
    );
  }
  const value = series[0]?.value?.[1] ?? '';
  return pass(expr, `${series.length} series, the first is ${value}`);
}

/** The finding for a batch query without data. The verdict is `wait` until the first run is overdue. */
async function withoutBatch({ firstBatch }: System, expr: string): Promise<Finding> {
  const run = await firstBatch?.().catch((error) => error as Error);
  if (run instanceof Error) return fail(expr, `no data; ${run.message}`);
  if (!run) return fail(expr, 'no data');
  const at = run.at.toISOString();
  return Date.now() < run.expectedBy.getTime()
    ? wait(expr, `waiting for the first run at ${at}`)
    : fail(
        expr,
        `no data, although the first run of the CronJob was due at ${at}; read the log of the newest pod of the CronJob`,
      );
}
