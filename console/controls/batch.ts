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
  /** The stage that the request names in `failAt`. Not set if no stage must fail. */
  readonly failAt?: EtlStage;
  /** Duration of the run in seconds, after it has ended. */
  readonly seconds?: number;
  /** Reason why the run was refused. */
  readonly error?: string;
}

export interface BatchSchedule {
  /** The mode that the user set. */
  readonly mode: BatchMode;
  /** The mode that an injected fault forces. Not set without such a fault. */
  readonly held?: BatchMode;
  readonly periodSeconds: number;
}

/** The state of the batch that the console shows. */
export interface BatchStatus {
  /** The schedule of the batch. Not set if the console cannot change the schedule. */
  readonly schedule?: BatchSchedule;
  /** The last runs of the batch, newest first. Runs that another program started are not in the list. */
  readonly runs: readonly BatchRun[];
  /** Missing where a run accepts no settings. */
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
