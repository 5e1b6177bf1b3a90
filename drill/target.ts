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
   * True if the fault loses no data, and only scales or pauses one component. With the option `--safe`, the drill injects
   * only safe faults.
   * @default false
   */
  readonly safe?: boolean;
};

/** Maximum times in seconds. */
export interface DrillLimits {
  /**
   * Maximum wait before the injection of a fault. The wait ends when every expected alert of the fault is inactive, and
   * the queries in the runbooks of these alerts return healthy results. The drill also waits at most this time while an
   * unexpected alert is pending.
   */
  readonly quiet: number;
  /** Maximum time from the injection of a fault to the notification of its alert. */
  readonly detection: number;
  /** Maximum time from the end of a fault to the notification that its alert is resolved. */
  readonly resolution: number;
  /** The drill repeats the key queries of a runbook until they return the expected result, but at most for this time. */
  readonly keyQuery: number;
  /** An alert that starts within this time after the end of a fault can still be a consequence of this fault. */
  readonly aftermath: number;
  /**
   * If the target gives no answer for this number of seconds, the drill ends. A shorter pause is normal. For example,
   * Prometheus does not answer while it restarts at the end of the fault `prometheus-disk-full`.
   */
  readonly silence: number;
}

/** A system for drills: the laptop pipeline, or the cluster of an environment. Every call ends within seconds. */
export interface DrillTarget {
  /** For messages, such as `the laptop pipeline at port offset 18100`. */
  readonly title: string;
  readonly profile: Profile;
  readonly limits: DrillLimits;
  /**
   * Alerts that also fire without a fault, such as `ErrorBudgetLow`.
   * @default none
   */
  readonly background?: readonly ExpectedAlert[];
  /**
   * Every fault that can be injected now.
   * @throws CouldNotRun if the system is not ready for a drill
   */
  faults(): Promise<readonly DrillFault[]>;
  /**
   * What the faults change for other users of the system, as sentences without a full stop. Before the first injection,
   * the drill shows these sentences and asks for consent.
   * @default the drill does not ask for consent
   */
  effects?(faults: readonly string[]): readonly string[];
  /**
   * Injects a fault. If the injection fails, the drill calls `restore`, because a part of the fault can be active.
   * @returns Unix time of the injection in milliseconds
   */
  inject(fault: string): Promise<number>;
  /** Has no effect if the fault is not injected. @returns Unix time of the restore in milliseconds */
  restore(fault: string): Promise<number>;
  incidents(): Promise<readonly Incident[]>;
  rule(alert: string): Promise<Pick<AlertRule, 'expr' | 'forSeconds'> | undefined>;
  query(expr: string): Promise<readonly Series[]>;
  /**
   * Returns true if the whole system has stopped, such as the pipeline on the laptop. Then none of its faults is
   * active.
   * @default always false
   */
  isGone?(): Promise<boolean>;
}

/**
 * The system that the command line names: `laptop`, or the name of an environment. An environment has no port offset, so
 * its `portOffset` is always 0.
 */
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

/** Ends `npm run drill` with exit code 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}
