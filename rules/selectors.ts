import { scrapeTimeoutSeconds } from '../config/knobs.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { notation } from '../metrics/duration.ts';
import { and, type LabelOf, matching, notMatching, select, unless, type Vector } from '../metrics/promql.ts';
import { jobs, laptopThanosJobs, sources } from '../sources/index.ts';
import { duration } from './threshold.ts';

/** Matches the jobs of the NATS exporters in all clusters. The job of a PodMonitor is `<namespace>/<name>`. */
export const natsJobs = matching(sources.natsExporter.jobsOfAllClusters);

/** Matches the jobs of the agents in all edge clusters. */
export const agentJobs = matching(sources.prometheusAgent.jobsOfAllClusters);

const { receive } = laptopThanosJobs;
const anyOf = (...names: readonly string[]) => matching([...new Set(names)].join('|'));

/** Matches the jobs of the programs that receive remote write for Thanos. */
export const routerJobs = anyOf(jobs.thanosRouter, receive);

/** Matches the jobs of the programs that store samples for Thanos. */
export const ingesterJobs = anyOf(jobs.thanosIngester, receive);

/** Matches the jobs of every program of Thanos. */
export const thanosJobs = anyOf(
  ...Object.values(laptopThanosJobs),
  ...Object.values(sources).flatMap((source) => ('engine' in source ? [source.job] : [])),
);

/** Matches the jobs of the programs that evaluate rules, one for each engine. */
export const evaluatorJobs = anyOf(jobs.prometheus, jobs.thanosRuler);

/** Share of the scrape timeout above which a scrape counts as slow. */
export const slowShare = 0.8;

/**
 * Duration of a scrape that is close to the scrape timeout. Each alert has its own threshold, because an environment
 * changes the threshold of one alert only.
 */
export const nearTimeout = () =>
  duration(
    {
      production: notation(slowShare * scrapeTimeoutSeconds.cluster),
      laptop: notation(slowShare * scrapeTimeoutSeconds.laptop),
    },
    '1s',
    notation(scrapeTimeoutSeconds.cluster),
  );

/**
 * The metrics of the USDT exporter that is in use. An Azure function that pushed the rate leaves a group in the
 * Pushgateway when the exporter moves into the cluster. This group has no label `instance`. The selector leaves out
 * this group while Prometheus scrapes an exporter with the same job.
 */
export function usdtReading<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
): Vector<LabelOf<M>> {
  const pushed = { name: metric.name, labels: [] } as const;
  const scraped = select(targetMetrics.up, { job: jobs.usdtExporter });
  return unless(select(metric), and(select(pushed, { instance: '' }), scraped, { on: ['job'] }));
}

/**
 * Selects file systems on a disk. Other file systems are in memory, or show the same values as a file system on a disk.
 */
export const onDisk = {
  fstype: notMatching('tmpfs|ramfs|overlay|squashfs|fuse.*'),
  mountpoint: notMatching('/run.*'),
} as const;
