import { scrapeTimeoutSeconds } from '../config/knobs.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { notation } from '../metrics/duration.ts';
import { and, type LabelOf, matching, notMatching, select, unless, type Vector } from '../metrics/promql.ts';
import { jobs, laptopThanosJobs, sources } from '../sources/index.ts';
import { duration } from './threshold.ts';

export const natsJobs = matching(sources.natsExporter.jobsOfAllClusters);

export const agentJobs = matching(sources.prometheusAgent.jobsOfAllClusters);

const { receive } = laptopThanosJobs;
const anyOf = (...names: readonly string[]) => matching([...new Set(names)].join('|'));

/** Matches the jobs that receive remote write for Thanos. */
export const routerJobs = anyOf(jobs.thanosRouter, receive);

/** Matches the jobs that store samples for Thanos. */
export const ingesterJobs = anyOf(jobs.thanosIngester, receive);

export const thanosJobs = anyOf(
  ...Object.values(laptopThanosJobs),
  ...Object.values(sources).flatMap((source) => ('engine' in source ? [source.job] : [])),
);

export const evaluatorJobs = anyOf(jobs.prometheus, jobs.thanosRuler);

/** A scrape above this share of the scrape timeout is slow. */
export const slowShare = 0.8;

/** Each alert needs its own object, because an override changes every alert with the same object. */
export const nearTimeout = () =>
  duration(
    {
      production: notation(slowShare * scrapeTimeoutSeconds.cluster),
      laptop: notation(slowShare * scrapeTimeoutSeconds.laptop),
    },
    '1s',
    notation(scrapeTimeoutSeconds.cluster),
  );

/** Leaves out pushed series if Prometheus scrapes the exporter. Only pushed series lack `instance`. */
export function usdtReading<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
): Vector<LabelOf<M>> {
  const pushed = { name: metric.name, labels: [] } as const;
  const scraped = select(targetMetrics.up, { job: jobs.usdtExporter });
  return unless(select(metric), and(select(pushed, { instance: '' }), scraped, { on: ['job'] }));
}

/** File systems on a disk. The excluded file systems are in memory, read-only or duplicates. */
export const onDisk = {
  fstype: notMatching('tmpfs|ramfs|overlay|squashfs|fuse.*'),
  mountpoint: notMatching('/run.*'),
} as const;
