import { render } from '../../metrics/promql.ts';
import type { Check, Step } from './step.ts';

/** Progress of one step of the tour. The fields are Unix times in milliseconds. */
export interface StepProgress {
  /** When the last successful action started. */
  readonly acted?: number;
  /** When the check of the step succeeded. */
  readonly done?: number;
}

/** By id of the step. */
export type Progress = Readonly<Record<string, StepProgress>>;

export interface DueCheck {
  readonly expr: string;
  /**
   * Evaluation time as a Unix time in seconds.
   * @default now
   */
  readonly at?: number;
  /** True for the last attempt. If the last attempt finds no series either, the check has failed. */
  readonly last: boolean;
}

/**
 * Returns the check of a step if the console must run the check now. Some checks search for the effect of an action
 * within a time limit. Example: the limit is 30 s, and the check runs 40 s after the action. The query then reads the
 * values of second 30. An effect at second 35 does not count.
 * @returns undefined if the check has already succeeded, if the action has not run yet, or if the effect of the action
 *   cannot be visible yet
 */
export function dueCheck(
  step: Step,
  progress: Progress,
  nowMs: number,
  scrapeInterval: number,
): DueCheck | undefined {
  const { check } = step;
  if (progress[step.id]?.done !== undefined) return undefined;
  if (check.after === undefined) return { expr: checkText(check, 0, scrapeInterval), last: false };
  const acted = progress[check.after]?.acted;
  if (acted === undefined) return undefined;
  const passed = Math.floor((nowMs - acted) / 1000);
  const until = check.untilScrape * scrapeInterval;
  const seconds = Math.min(passed, until);
  if (seconds < Math.max(1, (check.fromScrape ?? 0) * scrapeInterval)) return undefined;
  // A sample from the time `until` can arrive in Prometheus up to one scrape interval later. After this interval,
  // another attempt cannot find a new sample.
  const last = passed >= until + scrapeInterval;
  return { expr: checkText(check, seconds, scrapeInterval), at: acted / 1000 + seconds, last };
}

/** @param seconds whole seconds since the action that the check examines; unused if the check examines no action */
export function checkText(check: Check, seconds: number, scrapeInterval: number): string {
  return render(check.after === undefined ? check.expr : check.expr({ seconds, scrapeInterval }));
}

/**
 * Stores in `progress` when the action of the step `id` started. Some steps check the effect of this action. These
 * steps lose their result `done`, because the effect of the new action must be checked.
 */
export function afterAction(
  progress: Progress,
  steps: readonly Step[],
  id: string,
  startedMs: number,
): Progress {
  const cleared = steps.filter(({ check }) => check.after === id).map((step) => step.id);
  const kept = Object.entries(progress).map(([name, { done, ...rest }]) =>
    cleared.includes(name) || done === undefined
      ? ([name, rest] as const)
      : ([name, { ...rest, done }] as const),
  );
  const next = Object.fromEntries(kept);
  return { ...next, [id]: { ...next[id], acted: startedMs } };
}
