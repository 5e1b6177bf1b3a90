import { type DocumentedQuery, queriesOf } from '../../metrics/queries.ts';
import { type Check, type Finding, fail, pass, type System } from '../check.ts';

/** Every documented query returns data, of the clusters that it promises. */
export const queries: Check = (system) => {
  const { primaryCluster, federatedClusters } = system;
  return Promise.all(queriesOf(primaryCluster, federatedClusters).map((q) => checkQuery(system, q)));
};

async function checkQuery(
  { prometheus }: System,
  { expr, clusters = [] }: DocumentedQuery,
): Promise<Finding> {
  const series = await prometheus.query(expr);
  if (series.length === 0) return fail(expr, 'no data');
  const seen = new Set(series.map((s) => s.metric.cluster));
  const missing = clusters.filter((cluster) => !seen.has(cluster));
  if (missing.length > 0)
    return fail(expr, `no series of cluster ${missing.join(', ')}; seen: ${[...seen].join(', ')}`);
  const value = series[0]?.value?.[1] ?? '';
  return pass(expr, `${series.length} series, the first is ${value}`);
}
