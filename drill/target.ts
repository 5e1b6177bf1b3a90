import type { AlertRule, Incident } from '../console/alerting.ts';
import type { ExpectedAlert, FaultStatus } from '../console/controls/faults.ts';
import type { Profile } from '../rules/index.ts';
import type { Series } from '../verify/prometheus-api.ts';

/** A fault that a drill can inject. */
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

/** Longest times in seconds. A drill fails if a step takes longer. */
export interface DrillLimits {
  /** From the start of the wait until no alert of an earlier fault is active. */
  readonly quiet: number;
  /** From the injection to the notification. */
  readonly detection: number;
  /** From the restore to the notification of the end. */
  readonly resolution: number;
  /** Until the key query of the runbook shows the fault, or no longer shows it. */
  readonly keyQuery: number;
  /** After the restore of a fault. The fault can still explain an alert that starts in this time. */
  readonly aftermath: number;
  /** For which the target may give no answer. Some faults break the programs that the drill reads. */
  readonly silence: number;
}

/**
 * A system in which faults are drilled: the laptop pipeline, or the cluster of an environment. Every call ends within
 * seconds, and throws an Error whose message a user understands.
 */
export interface DrillTarget {
  /** Name of the system in messages, such as `the laptop pipeline at port offset 18100`. */
  readonly title: string;
  /** The profile of the rules that the system has loaded. */
  readonly profile: Profile;
  readonly limits: DrillLimits;
  /**
   * Alerts that the system raises without a fault. They are never unexpected.
   * @default none
   */
  readonly background?: readonly ExpectedAlert[];
  /**
   * Every fault that this system can inject now.
   * @throws CouldNotRun if the system is not ready for a drill
   */
  faults(): Promise<readonly DrillFault[]>;
  /**
   * What the injections change in a system that other people may use, as sentences without a full stop. The drill asks
   * the user before the first injection.
   * @default the drill does not ask
   */
  effects?(faults: readonly string[]): readonly string[];
  /**
   * Injects a fault. After an error, the fault may be injected partly: the drill then restores it.
   * @returns Unix time of the injection in milliseconds
   */
  inject(fault: string): Promise<number>;
  /** Restores a fault. Has no effect if the fault is not injected. @returns Unix time of the restore in milliseconds */
  restore(fault: string): Promise<number>;
  /** Alerts in progress and alerts that ended recently, with the times of their steps. */
  incidents(): Promise<readonly Incident[]>;
  /** The rule of an alert; undefined if the system has no such rule. */
  rule(alert: string): Promise<Pick<AlertRule, 'expr' | 'forSeconds'> | undefined>;
  /** The present result of a PromQL query. */
  query(expr: string): Promise<readonly Series[]>;
  /**
   * Whether the system no longer exists, and therefore no fault of it remains.
   * @default the system always exists
   */
  isGone?(): Promise<boolean>;
}

/** The name of a target on the command line, and the port offset of a laptop pipeline (0 for an environment). */
export interface TargetAddress {
  readonly target: string;
  readonly portOffset: number;
}

/** An opened target. */
export interface OpenTarget {
  readonly target: DrillTarget;
  readonly address: TargetAddress;
  /** Ends what the drill has started for this target. */
  close(): Promise<void>;
}

/** The drill cannot run, or cannot run to its end. The command exits with code 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}
