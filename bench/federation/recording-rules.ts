import { clusterOf, metricName } from './series.ts';

/** The only exporter metric that the recording rules read. A tenth of all series belong to this metric. */
const metric = metricName(0);

const recorded = 'cluster:bench_work:rate';

/** Query over the raw series of one metric, from all clusters. The query uses no recording rule. */
export const overAllClusters = (interval: number) => `sum(rate(${metric}[${4 * interval}s]))`;

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
