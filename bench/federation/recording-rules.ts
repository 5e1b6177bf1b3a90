import { clusterOf, metricName } from './series.ts';

/** The metric that the recording rules read: a tenth of the series of each cluster. */
const metric = metricName(0);

/** The recorded series of each cluster. */
const recorded = 'cluster:bench_work:rate';

/** A query over the raw series of the metric in all clusters. A rule of a large environment must not do this. */
export const overAllClusters = (interval: number) => `sum(rate(${metric}[${4 * interval}s]))`;

/**
 * The rules of the bench in the notation of Prometheus: a group for each cluster, which reads a tenth of the raw series of
 * the cluster, and one group over the recorded series of all clusters.
 */
export function recordingRules({ agents, interval }: { readonly agents: number; readonly interval: number }) {
  const clusters = Array.from({ length: agents }, (_, agent) => clusterOf(agent));
  return {
    groups: [
      ...clusters.map((cluster) => ({
        name: cluster,
        rules: [
          {
            record: recorded,
            expr: `sum by (cluster) (rate(${metric}{cluster="${cluster}"}[${4 * interval}s]))`,
          },
        ],
      })),
      { name: 'all-clusters', rules: [{ record: 'bench_work:rate', expr: `sum(${recorded})` }] },
    ],
  };
}
