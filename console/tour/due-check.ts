import { render } from '../../metrics/promql.ts';
import type { Check, Step } from './step.ts';

/** Unix times in milliseconds. */
export interface StepProgress {
  /** When the last successful action started. */
  readonly acted?: number;
  /** When Prometheus had the expected data. */
  readonly done?: number;
}

/** The keys are ids of steps. */
export type Progress = Readonly<Record<string, StepProgress>>;

export interface DueCheck {
  readonly expr: string;
  /**
   * Evaluation time as a Unix time in seconds.
   * @default now
   */
  readonly at?: number;
  /** Whether this evaluation of the check is the last one. If it returns no series, the step gets no tick. */
  readonly last: boolean;
}

/**
 * The check that is due now. The effect of an action is checked only for a limited period after the action. The
 * evaluation time of the query is always in this period, even if the console sends the query later, for example after a
 * restart of Prometheus.
 * @returns undefined if the step already has its tick, or must still wait for its action or for the first scrape
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
  // The last evaluation is one scrape interval after the end of the period: only then are all samples of the period
  // surely stored.
  const last = passed >= until + scrapeInterval;
  return { expr: checkText(check, seconds, scrapeInterval), at: acted / 1000 + seconds, last };
}

/**
 * PromQL of a check.
 * @param seconds whole seconds since the action; unused without an action
 */
export function checkText(check: Check, seconds: number, scrapeInterval: number): string {
  return render(check.after === undefined ? check.expr : check.expr({ seconds, scrapeInterval }));
}

/** The progress after a successful action. Steps that wait for the effect of this action lose their ticks. */
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
