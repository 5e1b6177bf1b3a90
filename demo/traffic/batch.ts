import type { BatchMode, EtlRun } from '../../console/index.ts';

export type { BatchMode } from '../../console/index.ts';

export interface RunAnswer {
  /** HTTP status of the batch-pusher or Airflow. */
  readonly status: number;
  readonly body: string;
}

/**
 * The batch: runs the simulated ETL every minute and pushes its report. Only one schedule may run, because all runs
 * have the same grouping key.
 */
export interface Batch {
  /** Starts the schedule. The promise resolves when the schedule can run the ETL. */
  start(signal: AbortSignal): Promise<void>;
  setMode(mode: BatchMode): Promise<void>;
  /**
   * Starts a run at once.
   * @returns the HTTP status and the answer of the batch-pusher or Airflow
   * @throws Error if the batch-pusher or Airflow is not reachable
   */
  trigger(run?: EtlRun): Promise<RunAnswer>;
  stop(): Promise<void>;
}

/** Parameters of a run with default values: about two seconds and about a thousand records. */
export function usualRun(run: EtlRun): EtlRun {
  return { records: 800 + Math.floor(Math.random() * 400), durationSeconds: 2, ...run };
}
