/** Name and value of a label. */
export type Label = readonly [name: string, value: string];

/** The job of the scrapes of the synthetic exporter. */
export const job = 'bench';

/** Number of metrics of a target. The series of a target are divided equally among its metrics. */
export const metricCount = 10;

/** Selects the first series of each metric: ten series, spread over the whole scrape. */
export const firstOfEachMetric = 'item=~"[0-9]"';

/** Name of a metric by its number, from 0 to 9. */
export const metricName = (metric: number) => `bench_work_${metric}_total`;

/** Selects every series of the exporter, and no series that Prometheus adds to a scrape. */
export const everyMetric = '__name__=~"bench_work_.+"';

/** The external labels of an agent. */
export function externalLabels(agent: number, prefix = 'edge'): readonly Label[] {
  return [
    ['cluster', `${prefix}-${String(agent).padStart(2, '0')}`],
    ['environment', 'bench'],
  ];
}

/** The value of the label `cluster` of an agent. */
export const clusterOf = (agent: number) => externalLabels(agent)[0]?.[1] ?? '';

/** The labels that the exporter gives to the series with this number. The series of all targets have the same labels. */
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

/** All ten labels of a series as an agent sends them, sorted by name, as remote write requires. */
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

/** The value of a counter at a scrape. It rises with each scrape, and differs between neighbouring series. */
export const valueAt = (series: number, scrape: number) => series + scrape * ((series % 7) + 1);
