import { targetMetrics } from '../metrics/definitions/target.ts';
import type { Duration } from '../metrics/duration.ts';
import { and, type LabelOf, matching, notMatching, select, unless, type Vector } from '../metrics/promql.ts';
import { jobs, sources } from '../sources/index.ts';

/** Every cluster's NATS exporter: a PodMonitor's job is `<namespace>/<name>`. */
export const natsJobs = matching(sources.natsExporter.jobsOfAllClusters);

/** Every edge cluster's agent. */
export const agentJobs = matching(sources.prometheusAgent.jobsOfAllClusters);

/** Four fifths of the time after which Prometheus gives a scrape up: 10 s, on the laptop its interval of 5 s. */
export const nearTimeout: Duration = { production: '8s', laptop: '4s' };

/**
 * The readings of a USDT exporter that is in use. The group that a function pushed stays in the Pushgateway after the
 * exporter has moved into the cluster: it has no instance, and it is left out while an exporter of its job is scraped.
 */
export function usdtReading<const M extends { readonly name: string; readonly labels: readonly string[] }>(
  metric: M,
): Vector<LabelOf<M>> {
  const pushed = { name: metric.name, labels: [] } as const;
  const scraped = select(targetMetrics.up, { job: jobs.usdtExporter });
  return unless(select(metric), and(select(pushed, { instance: '' }), scraped, { on: ['job'] }));
}

/** File systems that are on a disk; the others are memory, or show again what another one has. */
export const onDisk = {
  fstype: notMatching('tmpfs|ramfs|overlay|squashfs|fuse.*'),
  mountpoint: notMatching('/run.*'),
} as const;
