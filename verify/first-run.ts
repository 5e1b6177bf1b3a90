import { scheduledRun } from '../config/period.ts';
import { seconds } from '../metrics/duration.ts';

/** The first run of a scheduled job, and the latest time of its report. */
export interface FirstRun {
  readonly at: Date;
  /** A series that is still missing at this time is a failure. */
  readonly expectedBy: Date;
}

/** The fields of a Kubernetes CronJob that `firstRun` reads. */
export interface CronJob {
  readonly metadata: { readonly creationTimestamp: string };
  readonly spec: { readonly suspend?: boolean };
}

/** Two scrapes of the Pushgateway. */
const scrapeSeconds = 60;
/** The latest start and the longest run of a CronJob's batch, until Prometheus has the report. */
const graceMs =
  (scheduledRun.startingDeadlineSeconds + scheduledRun.activeDeadlineSeconds + scrapeSeconds) * 1000;

/**
 * The first run of a CronJob after its creation.
 *
 * @param every its period, such as `10m`; runs are at its multiples from midnight UTC, as in `cronOf`
 * @returns undefined if no run is due, because the CronJob is suspended
 */
export function firstRun({ metadata, spec }: CronJob, every: string): FirstRun | undefined {
  if (spec.suspend) return undefined;
  const periodMs = seconds(every) * 1000;
  const created = Date.parse(metadata.creationTimestamp);
  const at = (Math.floor(created / periodMs) + 1) * periodMs;
  return { at: new Date(at), expectedBy: new Date(at + graceMs) };
}
