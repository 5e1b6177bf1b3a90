import type { BatchMode, EtlRun } from '../../console/index.ts';

export type { BatchMode } from '../../console/index.ts';

export interface RunAnswer {
  /** HTTP status of the answer of the batch-pusher or Airflow. */
  readonly status: number;
  readonly body: string;
}

/**
 * The batch: it runs the simulated ETL every minute and pushes the report. All runs have the same grouping key.
 * Therefore only one schedule may run.
 */
export interface Batch {
  /** Starts the schedule. The promise resolves when the schedule is ready to run the ETL. */
  start(signal: AbortSignal): Promise<void>;
  setMode(mode: BatchMode): Promise<void>;
  /**
   * Starts a run immediately.
   * @returns the HTTP status and the answer of the batch-pusher or Airflow
   * @throws Error if the batch-pusher or Airflow is not reachable
   */
  trigger(run?: EtlRun): Promise<RunAnswer>;
  stop(): Promise<void>;
}

/** Completes the parameters of a run with default values: about two seconds and about a thousand records. */
export function usualRun(run: EtlRun): EtlRun {
  return { records: 800 + Math.floor(Math.random() * 400), durationSeconds: 2, ...run };
}
