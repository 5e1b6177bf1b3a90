import type { ExpectedAlert } from '../console/controls/faults.ts';

export type DrillStep =
  | 'quiet'
  | 'inject'
  | 'condition'
  | 'pending'
  | 'firing'
  | 'notified'
  | 'runbook query during the fault'
  | 'restore'
  | 'resolved'
  | 'runbook query after the fault'
  | 'no other alert';

export interface Problem {
  readonly step: DrillStep;
  readonly message: string;
  /** True: the step could not run. False: the step ran, and had a wrong result. */
  readonly couldNotRun: boolean;
}

/** Seconds from the injection to each step. A step with an unknown time is missing. */
export interface StepSeconds {
  readonly condition?: number;
  readonly pending?: number;
  readonly firing?: number;
  readonly notified?: number;
  /** Seconds from the end of the fault to this step. */
  readonly clear?: number;
  /** Seconds from the end of the fault to this step. */
  readonly resolved?: number;
}

export interface DrilledAlert extends ExpectedAlert {
  readonly seconds: StepSeconds;
}

/** `failed`: a step had a wrong result. `not-run`: a step could not run. */
export type DrillVerdict = 'passed' | 'failed' | 'not-run';

export interface FaultResult {
  readonly fault: string;
  readonly round: number;
  readonly verdict: DrillVerdict;
  readonly problems: readonly Problem[];
  readonly alerts: readonly DrilledAlert[];
  /** Alerts that fired because of the fault, but that are not its expected alerts. */
  readonly consequences: readonly string[];
  /** Duration of the drill of this fault, in seconds. */
  readonly total: number;
}

/** If a step could not run, the verdict is `not-run`, because the other steps then prove nothing. */
export function verdictOf(problems: readonly Problem[]): DrillVerdict {
  if (problems.some(({ couldNotRun }) => couldNotRun)) return 'not-run';
  return problems.length > 0 ? 'failed' : 'passed';
}

export const exitCodes = { passed: 0, failed: 1, couldNotRun: 2 } as const;

/** The verdict `not-run` has priority over `failed`, because an incomplete drill proves nothing. */
export function exitCodeOf(results: readonly FaultResult[]): number {
  const has = (wanted: DrillVerdict) => results.some(({ verdict }) => verdict === wanted);
  if (has('not-run')) return exitCodes.couldNotRun;
  return has('failed') ? exitCodes.failed : exitCodes.passed;
}

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
