import type { ExpectedAlert } from '../console/controls/faults.ts';

/** The steps of a drill of a fault, in their order. */
export type DrillStep =
  | 'quiet'
  | 'inject'
  | 'condition'
  | 'pending'
  | 'firing'
  | 'notified'
  | 'key query shows the fault'
  | 'restore'
  | 'resolved'
  | 'key query shows no fault'
  | 'no other alert';

/** Why a step failed. */
export interface Problem {
  readonly step: DrillStep;
  /** What the drill expected and what it saw. Contains the query and its value if a query shows the cause. */
  readonly message: string;
  /** Whether the drill could not run this step. If false, the step ran and had the wrong result. */
  readonly couldNotRun: boolean;
}

/** Seconds of the steps of an alert. A step that did not happen, or whose time is unknown, is missing. */
export interface StepSeconds {
  /** From the injection of the fault. */
  readonly condition?: number;
  readonly pending?: number;
  readonly firing?: number;
  readonly notified?: number;
  /** From the restore of the fault. */
  readonly clear?: number;
  readonly resolved?: number;
}

export interface DrilledAlert extends ExpectedAlert {
  readonly seconds: StepSeconds;
}

/** `failed`: the fault was injected, and a step had the wrong result. `not-run`: a step could not run. */
export type DrillVerdict = 'passed' | 'failed' | 'not-run';

/** The result of a drill of a fault. */
export interface FaultResult {
  readonly fault: string;
  /** Number of the round, from 1. */
  readonly round: number;
  readonly verdict: DrillVerdict;
  readonly problems: readonly Problem[];
  /** The expected alerts. */
  readonly alerts: readonly DrilledAlert[];
  /** Names of the other alerts that fired as declared consequences or inhibited. */
  readonly consequences: readonly string[];
  /** Seconds from the start of the drill of this fault to its end. */
  readonly total: number;
}

/** The verdict from the problems. A step that could not run takes precedence, because the other steps prove nothing. */
export function verdictOf(problems: readonly Problem[]): DrillVerdict {
  if (problems.some(({ couldNotRun }) => couldNotRun)) return 'not-run';
  return problems.length > 0 ? 'failed' : 'passed';
}

/** Exit codes of `npm run drill`. */
export const exitCodes = { passed: 0, failed: 1, couldNotRun: 2 } as const;

/** The exit code for a drill. A drill that could not run to its end proves nothing, and takes precedence. */
export function exitCodeOf(results: readonly FaultResult[]): number {
  const has = (wanted: DrillVerdict) => results.some(({ verdict }) => verdict === wanted);
  if (has('not-run')) return exitCodes.couldNotRun;
  return has('failed') ? exitCodes.failed : exitCodes.passed;
}

/** The median of numbers; undefined without numbers. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** Seconds from each injection to the notification of each expected alert. */
export const detections = (results: readonly FaultResult[]): readonly number[] =>
  results.flatMap(({ alerts }) => alerts.flatMap(({ seconds }) => seconds.notified ?? []));
