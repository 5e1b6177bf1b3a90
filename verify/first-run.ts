import { seconds } from '../metrics/duration.ts';

/** When a scheduled job runs for the first time, and until when its report may take. */
export interface FirstRun {
  readonly at: Date;
  /** A series that is missing later is a failure. */
  readonly expectedBy: Date;
}

/** A CronJob of Kubernetes, the part that is read here. */
export interface CronJob {
  readonly metadata: { readonly creationTimestamp: string };
  readonly spec: { readonly suspend?: boolean };
}

/** A run may start 2 minutes late and take 5 (modules/kubernetes/functions/batch-pusher.ts); two scrapes follow. */
const graceMs = (2 + 5 + 1) * 60_000;

/**
 * The first run of a CronJob.
 *
 * @param every its period, such as `10m`, whose multiples count from midnight UTC, as `cronOf` writes them
 * @returns undefined where no run is due: the CronJob is suspended
 */
export function firstRun({ metadata, spec }: CronJob, every: string): FirstRun | undefined {
  if (spec.suspend) return undefined;
  const periodMs = seconds(every) * 1000;
  const created = Date.parse(metadata.creationTimestamp);
  const at = (Math.floor(created / periodMs) + 1) * periodMs;
  return { at: new Date(at), expectedBy: new Date(at + graceMs) };
}
