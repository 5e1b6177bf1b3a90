import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Bounds } from './bounds.ts';

export const batchModes = ['on', 'off', 'failing'] as const;
export type BatchMode = (typeof batchModes)[number];

export interface BatchRun {
  /** Start of the run as a Unix time in milliseconds. */
  readonly startedAt: number;
  readonly by: 'schedule' | 'hand';
  /**
   * State of the run: `running` until it has ended. `refused` means that the run did not start, or that its report was
   * not stored.
   */
  readonly state: 'running' | 'success' | 'failure' | 'refused';
  readonly records?: number;
  /** Stage that must fail in this run. Not set if no stage must fail. */
  readonly failAt?: EtlStage;
  /** Duration of the run in seconds, after it has ended. */
  readonly seconds?: number;
  /** Reason why the run was refused. */
  readonly error?: string;
}

export interface BatchSchedule {
  /** Mode that the user has set. */
  readonly mode: BatchMode;
  /** Mode that an injected fault enforces. Not set without such a fault. */
  readonly held?: BatchMode;
  readonly periodSeconds: number;
}

/** The state of the batch that the console shows. */
export interface BatchStatus {
  /** The schedule of the batch. Not set if the console cannot change the schedule. */
  readonly schedule?: BatchSchedule;
  /** The last runs of the batch, newest first. Runs that another program started are not in the list. */
  readonly runs: readonly BatchRun[];
  /** Bounds for the parameters of a run. Not set if a run accepts no parameters. */
  readonly bounds?: { readonly records: Bounds; readonly durationSeconds: Bounds };
}

/** Reads and changes the schedule of the batch. */
export interface BatchControls {
  schedule(): BatchSchedule;
  /** The last runs of the batch, newest first. */
  runs(): readonly BatchRun[];
  /**
   * Sets the mode of the schedule.
   * @throws ControlFailed
   */
  setMode(mode: BatchMode): Promise<void>;
}
