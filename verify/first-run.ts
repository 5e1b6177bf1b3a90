import { scheduledRun } from '../config/period.ts';
import { seconds } from '../metrics/duration.ts';

/** The planned start of the first run of a CronJob, and the deadline of its report. */
export interface FirstRun {
  readonly at: Date;
  readonly expectedBy: Date;
}

/** A Kubernetes CronJob. The type has only the fields that `firstRun` needs. */
export interface CronJob {
  readonly metadata: { readonly creationTimestamp: string };
  readonly spec: { readonly suspend?: boolean };
}

const scrapeSeconds = 60;
/** Milliseconds from the planned start of a run until its report must have arrived. */
const graceMs =
  (scheduledRun.startingDeadlineSeconds + scheduledRun.activeDeadlineSeconds + scrapeSeconds) * 1000;

/**
 * The first planned run of a CronJob. Undefined if the CronJob is suspended.
 * @param interval period such as `10m`
 */
export function firstRun({ metadata, spec }: CronJob, interval: string): FirstRun | undefined {
  if (spec.suspend) return undefined;
  const periodMs = seconds(interval) * 1000;
  const created = Date.parse(metadata.creationTimestamp);
  // The first run of each day starts at midnight UTC.
  const at = (Math.floor(created / periodMs) + 1) * periodMs;
  return { at: new Date(at), expectedBy: new Date(at + graceMs) };
}
