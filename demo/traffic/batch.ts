import type { BatchMode, EtlRun } from '../../console/index.ts';

export type { BatchMode } from '../../console/index.ts';

export interface RunAnswer {
  readonly status: number;
  readonly body: string;
}

/** Only one schedule may run, because all runs push to the same group of the Pushgateway. */
export interface Batch {
  /** Waits until the schedule can run the ETL. */
  start(signal: AbortSignal): Promise<void>;
  setMode(mode: BatchMode): Promise<void>;
  /**
   * Starts a run now.
   * @throws Error if the batch-pusher or Airflow is not reachable
   */
  trigger(run?: EtlRun): Promise<RunAnswer>;
  stop(): Promise<void>;
}

export function usualRun(run: EtlRun): EtlRun {
  return { records: 800 + Math.floor(Math.random() * 400), durationSeconds: 2, ...run };
}
