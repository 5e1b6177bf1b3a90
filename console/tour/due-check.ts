import { render } from '../../metrics/promql.ts';
import type { Check, Step } from './step.ts';

/** Progress of one step of the tour. The fields are Unix times in milliseconds. */
export interface StepProgress {
  /** Start time of the last successful action. */
  readonly acted?: number;
  /** Time at which the check succeeded. */
  readonly done?: number;
}

/** Progress of the tour. Each key is the id of a step. */
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

/** Returns the query for the check of a step, or undefined if no check is due. */
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
  // The last sample before `until` can arrive in Prometheus up to one scrape interval later.
  const last = passed >= until + scrapeInterval;
  return { expr: checkText(check, seconds, scrapeInterval), at: acted / 1000 + seconds, last };
}

/** @param seconds whole seconds since the action; unused if the check has no action */
export function checkText(check: Check, seconds: number, scrapeInterval: number): string {
  return render(check.after === undefined ? check.expr : check.expr({ seconds, scrapeInterval }));
}

/** Stores the start of an action, and resets the checks that examine the action. */
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
