import { clusterOf, metricName } from './series.ts';

/** The metric that the recording rules read. A tenth of the series of each cluster belong to this metric. */
const metric = metricName(0);

/** Name of the series that is recorded for each cluster. */
const recorded = 'cluster:bench_work:rate';

/** A query of the metric in all clusters. In a large environment, a rule must not read so many series. */
export const overAllClusters = (interval: number) => `sum(rate(${metric}[${4 * interval}s]))`;

/**
 * The rule file of the bench. Each cluster has a group that reads a tenth of its series. One more group reads the
 * recorded series of all clusters.
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
