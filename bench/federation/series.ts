export type Label = readonly [name: string, value: string];

export const job = 'bench';

/** Number of metrics. Each metric has the same number of series. */
export const metricCount = 10;

/** PromQL matcher for the first series of each metric. If you change `metricCount`, correct the matcher. */
export const firstOfEachMetric = 'item=~"[0-9]"';

export const metricName = (metric: number) => `bench_work_${metric}_total`;

/** Selects only the series of the exporter. Prometheus adds other series to each scrape, such as `up`. */
export const everyMetric = '__name__=~"bench_work_.+"';

export function externalLabels(agent: number, prefix = 'edge'): readonly Label[] {
  return [
    ['cluster', `${prefix}-${String(agent).padStart(2, '0')}`],
    ['environment', 'bench'],
  ];
}

export const clusterOf = (agent: number) => externalLabels(agent)[0]?.[1] ?? '';

export function exposedLabels(series: number): {
  readonly metric: string;
  readonly labels: readonly Label[];
} {
  const item = Math.floor(series / metricCount);
  return {
    metric: metricName(series % metricCount),
    labels: [
      ['item', String(series)],
      ['method', item % 3 === 0 ? 'POST' : 'GET'],
      ['route', `/api/v1/orders/${item % 50}`],
      ['code', item % 20 === 0 ? '500' : '200'],
      ['zone', `zone-${item % 4}`],
    ],
  };
}

/** The ten labels that an agent sends. Remote write requires labels in the order of their names. */
export function sentLabels(series: number, target: string, external: readonly Label[]): readonly Label[] {
  const { metric, labels } = exposedLabels(series);
  const all: readonly Label[] = [
    ['__name__', metric],
    ['instance', target],
    ['job', job],
    ...labels,
    ...external,
  ];
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

export const valueAt = (series: number, scrape: number) => series + scrape * ((series % 7) + 1);
