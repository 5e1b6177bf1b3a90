import type { BatchMode, EtlRun } from '../../console/index.ts';

export type { BatchMode } from '../../console/index.ts';

export interface RunAnswer {
  /** HTTP status of the runner. */
  readonly status: number;
  readonly body: string;
}

/**
 * Runs the simulated ETL every minute and pushes its report. Only one schedule runs, because all runs share one
 * grouping key.
 */
export interface Batch {
  /** Resolves when the schedule can run the ETL. */
  start(signal: AbortSignal): Promise<void>;
  setMode(mode: BatchMode): Promise<void>;
  /**
   * Starts one run at once.
   * @returns the HTTP status and the answer of the runner;
   * @throws Error if the runner is not reachable
   */
  trigger(run?: EtlRun): Promise<RunAnswer>;
  stop(): Promise<void>;
}

/** A run of about two seconds with about a thousand records. */
export function usualRun(run: EtlRun): EtlRun {
  return { records: 800 + Math.floor(Math.random() * 400), durationSeconds: 2, ...run };
}
