import { scrapeTimeoutSeconds } from '../config/knobs.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { notation } from '../metrics/duration.ts';
import { and, type LabelOf, matching, notMatching, select, unless, type Vector } from '../metrics/promql.ts';
import { jobs, laptopThanosJobs, sources } from '../sources/index.ts';
import { duration } from './threshold.ts';

/** The NATS exporters in all clusters. The job of a PodMonitor is `<namespace>/<name>`. */
export const natsJobs = matching(sources.natsExporter.jobsOfAllClusters);

/** The agents in all edge clusters. */
export const agentJobs = matching(sources.prometheusAgent.jobsOfAllClusters);

const { receive } = laptopThanosJobs;
const anyOf = (...names: readonly string[]) => matching([...new Set(names)].join('|'));

/** The programs that receive remote write for Thanos. */
export const routerJobs = anyOf(jobs.thanosRouter, receive);

/** The programs that store samples for Thanos. */
export const ingesterJobs = anyOf(jobs.thanosIngester, receive);

export const thanosJobs = anyOf(
  ...Object.values(laptopThanosJobs),
  ...Object.values(sources).flatMap((source) => ('engine' in source ? [source.job] : [])),
);

/** The programs that evaluate rules, of both engines. */
export const evaluatorJobs = anyOf(jobs.prometheus, jobs.thanosRuler);

/** A scrape above this share of the scrape timeout is slow. */
export const slowShare = 0.8;

/**
 * Threshold close to the scrape timeout. Each alert calls this function for its own threshold, because an environment
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
 * Metrics of the USDT exporter that is in use. An old group of an Azure function can remain in the Pushgateway after
 * the exporter moved into the cluster. This group has no label `instance`. It is left out while Prometheus scrapes an
 * exporter with the same job.
 */
export function usdtReading<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
): Vector<LabelOf<M>> {
  const pushed = { name: metric.name, labels: [] } as const;
  const scraped = select(targetMetrics.up, { job: jobs.usdtExporter });
  return unless(select(metric), and(select(pushed, { instance: '' }), scraped, { on: ['job'] }));
}

/** Only file systems on a disk. Other file systems are in memory, or repeat the values of a file system on a disk. */
export const onDisk = {
  fstype: notMatching('tmpfs|ramfs|overlay|squashfs|fuse.*'),
  mountpoint: notMatching('/run.*'),
} as const;
