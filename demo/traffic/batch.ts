import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';

export type BatchMode = 'on' | 'off' | 'failing';

/** Parameters of a run, as the batch-pusher and the DAG take them. */
export interface EtlRun {
  readonly records?: number;
  readonly durationSeconds?: number;
  readonly failAt?: EtlStage;
}

/** Whoever runs the simulated ETL every minute and pushes its report: one alone, for its group is one. */
export interface Batch {
  /** Resolves once it can run. */
  start(signal: AbortSignal): Promise<void>;
  setMode(mode: BatchMode): Promise<void>;
  /** One run, now. @returns the HTTP status and the answer of who ran it; @throws Error when that one is gone */
  trigger(run?: EtlRun): Promise<{ readonly status: number; readonly body: string }>;
  stop(): Promise<void>;
}

/** A run of some two seconds, over about a thousand records. */
export function usualRun(run: EtlRun): EtlRun {
  return { records: 800 + Math.floor(Math.random() * 400), durationSeconds: 2, ...run };
}
