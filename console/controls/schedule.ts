import type { scheduleBounds } from './bounds.ts';

export interface ScheduleOptions {
  /** Seconds from the start of one fault to the start of the next. */
  readonly every: number;
  /** Duration of the whole schedule in seconds. */
  readonly length: number;
  /**
   * Seconds from the injection of each fault to its end.
   * @default half of `every`
   */
  readonly hold?: number | undefined;
  /**
   * Determines the order of the faults.
   * @default a random seed
   */
  readonly seed?: number | undefined;
}

export interface ScheduleStep {
  readonly fault: string;
  /** Unix time in milliseconds. */
  readonly startsAt: number;
  readonly state: 'due' | 'injected' | 'over' | 'skipped';
  readonly error?: string;
}

/** The running schedule, or the last schedule if no schedule runs. */
export interface ScheduleStatus {
  readonly running: boolean;
  readonly bounds: typeof scheduleBounds;
  /** Absent until a user starts the first schedule. */
  readonly plan?: {
    readonly every: number;
    readonly length: number;
    readonly hold: number;
    readonly seed: number;
    /** `startedAt` and `endsAt` are Unix times in milliseconds. */
    readonly startedAt: number;
    readonly endsAt: number;
    readonly steps: readonly ScheduleStep[];
  };
  /** Name of the next fault. Present only while the schedule waits for the end of the previous fault. */
  readonly waiting?: string;
}

export interface ScheduleControls {
  status(): ScheduleStatus;
  /**
   * @throws OutOfBounds
   * @throws NotPossibleNow if a schedule already runs
   */
  start(options: ScheduleOptions): ScheduleStatus;
  /**
   * Stops the schedule, and ends the fault that the schedule has injected.
   * @throws ControlFailed
   */
  stop(): Promise<void>;
}
