import { laptopReceiver, type Source, sampleLimit, sourceList } from '../../sources/index.ts';
import type { PrometheusApi } from '../prometheus-api.ts';

export interface MetricSeries {
  readonly name: string;
  readonly series: number;
}

export interface JobSeries {
  /** Value of the label `job`. Empty for series without this label, such as recorded series. */
  readonly job: string;
  readonly series: number;
  readonly targets: number;
  /** Undefined for a job that the platform does not define. */
  readonly budget?: number;
  /** Highest number of samples in one scrape, even if the scrape failed because of its limit. */
  readonly largestScrape: number;
  /** Maximum number of samples in one scrape. Undefined without a limit. */
  readonly limit?: number;
  /** The metric with the most series is first. */
  readonly metrics: readonly MetricSeries[];
}

/** Time limit of the slow query `series`. The query reads all series. */
const wide = { deadlineMs: 60_000 } as const;

const queries = {
  series: 'count by (job, __name__) ({__name__!=""})',
  targets: 'count by (job) (up)',
  largestScrape: 'max by (job) (scrape_samples_post_metric_relabeling)',
  limit: 'min by (job) (scrape_sample_limit > 0)',
} as const;

/**
 * Counts the series of each job, most series first.
 * @throws Error if the system does not answer
 */
export async function measure(prometheus: PrometheusApi): Promise<readonly JobSeries[]> {
  const perJob = async (expr: string) =>
    new Map(
      (await prometheus.query(expr)).map(({ metric, value }) => [metric.job ?? '', Number(value?.[1])]),
    );
  const [series, targets, largestScrape, limits] = await Promise.all([
    prometheus.query(queries.series, wide),
    perJob(queries.targets),
    perJob(queries.largestScrape),
    perJob(queries.limit),
  ]);
  const metrics = new Map<string, MetricSeries[]>([...targets.keys()].map((job) => [job, []]));
  for (const { metric, value } of series) {
    const { job = '', __name__: name = '' } = metric;
    metrics.set(job, [...(metrics.get(job) ?? []), { name, series: Number(value?.[1]) }]);
  }
  return [...metrics]
    .map(([job, list]): JobSeries => {
      const source = sourceOf(job);
      const limit = limits.get(job) ?? (source && sampleLimit(source));
      const count = targets.get(job) ?? 0;
      return {
        job,
        series: list.reduce((sum, metric) => sum + metric.series, 0),
        targets: count,
        ...(source && { budget: source.expectedSeries * Math.max(1, count) }),
        largestScrape: largestScrape.get(job) ?? 0,
        ...(limit !== undefined && { limit }),
        metrics: list.sort((a, b) => b.series - a.series),
      };
    })
    .sort((a, b) => b.series - a.series);
}

function sourceOf(job: string): Pick<Source, 'expectedSeries'> | undefined {
  if (job === laptopReceiver.job) return laptopReceiver;
  return sourceList.find(
    (source) =>
      source.job === job ||
      (source.jobsOfAllClusters !== undefined && new RegExp(`^(?:${source.jobsOfAllClusters})$`).test(job)),
  );
}

export function excess({ series, budget, largestScrape, limit }: JobSeries): readonly string[] {
  return [
    ...(budget !== undefined && series > budget ? [`${series} series, and the budget is ${budget}`] : []),
    ...(limit !== undefined && largestScrape > limit
      ? [`a scrape had ${largestScrape} samples, and its limit is ${limit}`]
      : []),
  ];
}
