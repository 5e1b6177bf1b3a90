import { scheduledRun } from '../config/period.ts';
import { seconds } from '../metrics/duration.ts';

/** The first run of a CronJob, and the latest time of its report. */
export interface FirstRun {
  readonly at: Date;
  /** After this time, a missing report is a failure. */
  readonly expectedBy: Date;
}

/** Only the fields that `firstRun` needs. */
export interface CronJob {
  readonly metadata: { readonly creationTimestamp: string };
  readonly spec: { readonly suspend?: boolean };
}

const scrapeSeconds = 60;
/** Milliseconds that a run has for its report, from its planned start. */
const graceMs =
  (scheduledRun.startingDeadlineSeconds + scheduledRun.activeDeadlineSeconds + scrapeSeconds) * 1000;

/**
 * The first run of a CronJob after its creation.
 * @param every time between two runs, such as `10m`. Runs start at midnight UTC and at each multiple of this time after
 * midnight, as in `cronOf`.
 * @returns undefined if the CronJob is suspended, because then no run is due
 */
export function firstRun({ metadata, spec }: CronJob, every: string): FirstRun | undefined {
  if (spec.suspend) return undefined;
  const periodMs = seconds(every) * 1000;
  const created = Date.parse(metadata.creationTimestamp);
  const at = (Math.floor(created / periodMs) + 1) * periodMs;
  return { at: new Date(at), expectedBy: new Date(at + graceMs) };
}
