import type { AlertRule, Incident } from '../console/alerting.ts';
import type { ExpectedAlert, FaultStatus } from '../console/controls/faults.ts';
import type { Profile } from '../rules/index.ts';
import type { Series } from '../verify/prometheus-api.ts';

export type DrillFault = Pick<
  FaultStatus,
  | 'name'
  | 'title'
  | 'area'
  | 'alerts'
  | 'allowed'
  | 'alone'
  | 'withoutNotifications'
  | 'restartsEvaluator'
  | 'injected'
> & {
  /**
   * Whether the fault loses no data and only scales or pauses one component.
   * @default false
   */
  readonly safe?: boolean;
};

/** Maximum times in seconds. A drill fails after a longer time. */
export interface DrillLimits {
  /** From the start of the wait until no alert of an earlier fault is active. */
  readonly quiet: number;
  /** From the injection to the notification. */
  readonly detection: number;
  /** From the restore to the notification of the end. */
  readonly resolution: number;
  /** From the start of the wait until the key query of the runbook shows the fault, or no longer shows it. */
  readonly keyQuery: number;
  /** Time after a restore. An alert that starts in this time still belongs to the fault. */
  readonly aftermath: number;
  /**
   * Maximum time without an answer of the target. Some faults stop the programs that the drill reads. Therefore a short
   * time without an answer is no error.
   */
  readonly silence: number;
}

/**
 * A system for drills: the laptop pipeline, or the cluster of an environment. Every call ends within seconds. The user
 * can understand the message of every error.
 */
export interface DrillTarget {
  /** For messages, such as `the laptop pipeline at port offset 18100`. */
  readonly title: string;
  readonly profile: Profile;
  readonly limits: DrillLimits;
  /**
   * Alerts that the system raises without a fault. They are never unexpected.
   * @default none
   */
  readonly background?: readonly ExpectedAlert[];
  /**
   * Every fault that can be injected now.
   * @throws CouldNotRun if the system is not ready for a drill
   */
  faults(): Promise<readonly DrillFault[]>;
  /**
   * What the faults change in a system that other people also use: for each fault, a sentence without a full stop. The
   * drill asks the user for consent before the first injection.
   * @default the drill does not ask
   */
  effects?(faults: readonly string[]): readonly string[];
  /**
   * Injects a fault. After an error, the drill restores the fault, because a part of it can be injected.
   * @returns Unix time of the injection in milliseconds
   */
  inject(fault: string): Promise<number>;
  /** Has no effect if the fault is not injected. @returns Unix time of the restore in milliseconds */
  restore(fault: string): Promise<number>;
  /** Current and recent alerts, with the times of their steps. */
  incidents(): Promise<readonly Incident[]>;
  /** Undefined if the system does not have the alert. */
  rule(alert: string): Promise<Pick<AlertRule, 'expr' | 'forSeconds'> | undefined>;
  query(expr: string): Promise<readonly Series[]>;
  /**
   * True if the system no longer exists. Its faults then no longer exist either.
   * @default the system always exists
   */
  isGone?(): Promise<boolean>;
}

/** A target on the command line. `portOffset` is 0 for an environment. */
export interface TargetAddress {
  readonly target: string;
  readonly portOffset: number;
}

export interface OpenTarget {
  readonly target: DrillTarget;
  readonly address: TargetAddress;
  /** Closes only connections and processes that the drill has opened. */
  close(): Promise<void>;
}

/** The drill could not run to its end. The command exits with 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}
