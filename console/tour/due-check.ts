import { render } from '../../metrics/promql.ts';
import type { Check, Step } from './step.ts';

/** The progress of a step, as Unix times in milliseconds. */
export interface StepProgress {
  /** Time at which the last successful action started. */
  readonly acted?: number;
  /** Time at which Prometheus had the expected data. */
  readonly done?: number;
}

/** The progress of each step, by the id of the step. */
export type Progress = Readonly<Record<string, StepProgress>>;

export interface DueCheck {
  readonly expr: string;
  /**
   * Unix time in seconds at which Prometheus evaluates the check.
   * @default now
   */
  readonly at?: number;
  /** Whether the period for the effect is over. If this last evaluation returns no series, the step gets no tick. */
  readonly last: boolean;
}

/**
 * Returns the check of a step that is due now. The check of an effect is evaluated for a time between the action and
 * the end of the period for the effect. The console can send this evaluation later, for example after a restart of
 * Prometheus.
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
  // The last evaluation happens one scrape interval after the end of the period. Only the next scrape shows that the
  // newest samples of the period are stored.
  const last = passed >= until + scrapeInterval;
  return { expr: checkText(check, seconds, scrapeInterval), at: acted / 1000 + seconds, last };
}

/**
 * PromQL of a check.
 * @param seconds whole seconds since the action; not used for a check without an action
 */
export function checkText(check: Check, seconds: number, scrapeInterval: number): string {
  return render(check.after === undefined ? check.expr : check.expr({ seconds, scrapeInterval }));
}

/**
 * The progress after a successful action. Steps whose checks wait for the effect of this action have lost their ticks.
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
