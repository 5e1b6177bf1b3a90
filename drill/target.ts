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
   * True if the fault loses no data and only scales or pauses a component (`--safe`).
   * @default false
   */
  readonly safe?: boolean;
};

/** Time limits of a drill, in seconds. */
export interface DrillLimits {
  /** Maximum wait for a quiet system, before each injection and at the end of the drill. */
  readonly quiet: number;
  /** Maximum time from the injection of a fault to the notification of its alert. */
  readonly detection: number;
  /** Maximum time from the end of a fault to the notification that its alert is resolved. */
  readonly resolution: number;
  /** Maximum time until the runbook queries return the expected result. */
  readonly runbookQuery: number;
  /** An alert that starts within this time after a fault can be a consequence of the fault. */
  readonly aftermath: number;
  /**
   * Maximum time during which the target gives no answer.
   * This time must exceed the duration of a Prometheus restart, because some faults restart Prometheus.
   */
  readonly silence: number;
}

/** The laptop pipeline, or the cluster of an environment. Every call has a deadline. */
export interface DrillTarget {
  /** Name of the system in messages, such as `the laptop pipeline at port offset 18100`. */
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
   * Changes that need consent, such as `scales the Deployment nats/usdt-exporter to 0`.
   * @default none
   */
  effects?(faults: readonly string[]): readonly string[];
  /**
   * The drill calls `restore` even if the injection fails.
   * @returns Unix time of the injection in milliseconds
   */
  inject(fault: string): Promise<number>;
  /** Has no effect if the fault is not injected. @returns Unix time of the restore in milliseconds */
  restore(fault: string): Promise<number>;
  incidents(): Promise<readonly Incident[]>;
  rule(alert: string): Promise<Pick<AlertRule, 'expr' | 'forSeconds'> | undefined>;
  query(expr: string): Promise<readonly Series[]>;
  /** If the target has stopped, the drill restores nothing. */
  isGone?(): Promise<boolean>;
}

export interface TargetAddress {
  /** `laptop`, or the name of an environment. */
  readonly target: string;
  /** The port offset of an environment is always 0. */
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
