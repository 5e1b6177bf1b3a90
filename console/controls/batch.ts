import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Bounds } from './bounds.ts';

export const batchModes = ['on', 'off', 'failing'] as const;
export type BatchMode = (typeof batchModes)[number];

export interface BatchRun {
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly by: 'schedule' | 'hand';
  /** `running` until the run has ended; `refused` if it did not start, or if its report was not stored. */
  readonly state: 'running' | 'success' | 'failure' | 'refused';
  readonly records?: number;
  /** The stage that the run was asked to fail. */
  readonly failAt?: EtlStage;
  /** Seconds of the run, when it has ended. */
  readonly seconds?: number;
  /** Why the run was refused. */
  readonly error?: string;
}

export interface BatchSchedule {
  /** The mode that was chosen. */
  readonly mode: BatchMode;
  /** The mode that a fault enforces, while such a fault is injected. */
  readonly held?: BatchMode;
  readonly periodSeconds: number;
}

/** What the console shows of the batch. */
export interface BatchStatus {
  /** Missing where the console cannot change the schedule. */
  readonly schedule?: BatchSchedule;
  /** The last runs, newest first. Runs that another program starts are missing. */
  readonly runs: readonly BatchRun[];
  /** Missing where a run accepts no settings. */
  readonly bounds?: { readonly records: Bounds; readonly durationSeconds: Bounds };
}

/** Reads and changes the schedule of the batch. */
export interface BatchControls {
  schedule(): BatchSchedule;
  /** The last runs, newest first. */
  runs(): readonly BatchRun[];
  /** @throws ControlFailed */
  setMode(mode: BatchMode): Promise<void>;
}
