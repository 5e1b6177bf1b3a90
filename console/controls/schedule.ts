import type { scheduleBounds } from './bounds.ts';

export interface ScheduleOptions {
  /** Seconds from the start of one fault to the start of the next fault. */
  readonly every: number;
  /** Seconds from the start of the schedule to its end. */
  readonly length: number;
  /** Seconds that each fault lasts. @default half of `every` */
  readonly hold?: number | undefined;
  /** The same seed gives the same order of faults. @default random */
  readonly seed?: number | undefined;
}

export interface ScheduleStep {
  /** Name of the fault. */
  readonly fault: string;
  /** Unix time in milliseconds at which the fault starts. */
  readonly startsAt: number;
  readonly state: 'due' | 'injected' | 'over' | 'skipped';
  /** Why the step was skipped. */
  readonly error?: string;
}

/** The schedule that runs, or the last one. */
export interface ScheduleStatus {
  readonly running: boolean;
  readonly bounds: typeof scheduleBounds;
  /** Missing before the first start. */
  readonly plan?: {
    readonly every: number;
    readonly length: number;
    readonly hold: number;
    readonly seed: number;
    /** Unix times in milliseconds. */
    readonly startedAt: number;
    readonly endsAt: number;
    readonly steps: readonly ScheduleStep[];
  };
  /** The fault that waits, because the previous fault is not restored yet. */
  readonly waiting?: string;
}

/** Injects one fault after another. */
export interface ScheduleControls {
  status(): ScheduleStatus;
  /** @throws OutOfBounds, NotPossibleNow if a schedule runs already */
  start(options: ScheduleOptions): ScheduleStatus;
  /** Ends the schedule and restores its fault. @throws ControlFailed */
  stop(): Promise<void>;
}
