import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Bounds } from './bounds.ts';

export const batchModes = ['on', 'off', 'failing'] as const;
export type BatchMode = (typeof batchModes)[number];

export interface BatchRun {
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly by: 'schedule' | 'hand';
  /** `running` until the end of the run. `refused`: the run did not start, or its report was not stored. */
  readonly state: 'running' | 'success' | 'failure' | 'refused';
  readonly records?: number;
  /** Requested failure of a stage; absent without a request. */
  readonly failAt?: EtlStage;
  /** Absent while the run is in progress. */
  readonly seconds?: number;
  /** Why the run was refused. */
  readonly error?: string;
}

export interface BatchSchedule {
  /** The mode that the user has set. */
  readonly mode: BatchMode;
  /** The mode that an injected fault has set. It overrides `mode`. Absent without such a fault. */
  readonly held?: BatchMode;
  readonly periodSeconds: number;
}

export interface BatchStatus {
  /** Absent if the console cannot change the schedule. */
  readonly schedule?: BatchSchedule;
  /** Newest first. Runs of other programs are not in the list. */
  readonly runs: readonly BatchRun[];
  /** Bounds of the parameters of a run; absent if a run accepts no parameters. */
  readonly bounds?: { readonly records: Bounds; readonly durationSeconds: Bounds };
}

export interface BatchControls {
  schedule(): BatchSchedule;
  /** Newest first. */
  runs(): readonly BatchRun[];
  /** @throws ControlFailed */
  setMode(mode: BatchMode): Promise<void>;
}
