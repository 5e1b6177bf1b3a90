import type { scheduleBounds } from './bounds.ts';

export interface ScheduleOptions {
  /** Seconds from the start of a fault to the start of the next fault. */
  readonly every: number;
  /** Seconds from the start of the schedule to its end. */
  readonly length: number;
  /**
   * Seconds for which each fault stays injected.
   * @default half of `every`
   */
  readonly hold?: number | undefined;
  /**
   * Seed of the random order. The same seed gives the same order of faults.
   * @default a random seed
   */
  readonly seed?: number | undefined;
}

export interface ScheduleStep {
  readonly fault: string;
  /** Unix time in milliseconds at which the fault starts. */
  readonly startsAt: number;
  readonly state: 'due' | 'injected' | 'over' | 'skipped';
  /** Reason why the step was skipped. */
  readonly error?: string;
}

/** The running schedule, or the last schedule if no schedule runs. */
export interface ScheduleStatus {
  readonly running: boolean;
  readonly bounds: typeof scheduleBounds;
  /** The plan of the schedule. Not set before the first schedule. */
  readonly plan?: {
    readonly every: number;
    readonly length: number;
    readonly hold: number;
    readonly seed: number;
    /** Start and end of the schedule as Unix times in milliseconds. */
    readonly startedAt: number;
    readonly endsAt: number;
    readonly steps: readonly ScheduleStep[];
  };
  /** Name of the fault that waits, because the previous fault is not restored yet. */
  readonly waiting?: string;
}

export interface ScheduleControls {
  status(): ScheduleStatus;
  /**
   * Starts a schedule.
   * @throws OutOfBounds
   * @throws NotPossibleNow if a schedule already runs
   */
  start(options: ScheduleOptions): ScheduleStatus;
  /**
   * Stops the schedule and restores its fault.
   * @throws ControlFailed
   */
  stop(): Promise<void>;
}
