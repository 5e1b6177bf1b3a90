import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Bounds } from './bounds.ts';

export const batchModes = ['on', 'off', 'failing'] as const;
export type BatchMode = (typeof batchModes)[number];

export interface BatchRun {
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly by: 'schedule' | 'hand';
  readonly state: 'running' | 'success' | 'failure' | 'refused';
  readonly records?: number;
  /** ETL stage that fails on purpose. */
  readonly failAt?: EtlStage;
  /** Absent while the run is in progress. */
  readonly seconds?: number;
  /** Why the run is `refused`. */
  readonly error?: string;
}

export interface BatchSchedule {
  readonly mode: BatchMode;
  /** Mode that an active fault enforces instead of `mode`. */
  readonly held?: BatchMode;
  readonly periodSeconds: number;
}

export interface BatchStatus {
  /** Schedule of the batch. Absent if the console cannot change this schedule. */
  readonly schedule?: BatchSchedule;
  /** Newest first. The list has only runs that the console or its schedule has started. */
  readonly runs: readonly BatchRun[];
  /** Absent if a run accepts no parameters. */
  readonly bounds?: { readonly records: Bounds; readonly durationSeconds: Bounds };
}

export interface BatchControls {
  schedule(): BatchSchedule;
  runs(): readonly BatchRun[];
  /** @throws ControlFailed */
  setMode(mode: BatchMode): Promise<void>;
}
