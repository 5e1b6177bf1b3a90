export interface ExpectedAlert {
  readonly alert: string;
  /** Distinguishes alerts with the same name. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface IntensityScale {
  /** Meaning of the intensity, such as `share of the requests`. */
  readonly title: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
}

/** A fault with its current state. */
export interface FaultStatus {
  /** Part of the path in the API. */
  readonly name: string;
  /** A few words. */
  readonly title: string;
  /** Effect of the fault on the pipeline. */
  readonly description: string;
  /** Typical cause of the fault in production. */
  readonly cause?: string;
  /** Heading above the faults of one part of the pipeline. */
  readonly area?: string;
  /** These alerts fire within about a minute after the injection. */
  readonly alerts: readonly ExpectedAlert[];
  /** Other alerts that the fault may cause. */
  readonly allowed?: readonly ExpectedAlert[];
  /**
   * Whether the fault disturbs other faults or hides their alerts. A drill injects it alone.
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Whether the fault prevents notifications of Alertmanager.
   * @default false
   */
  readonly withoutNotifications?: boolean;
  /**
   * Whether the restore restarts the program that evaluates rules. The new process does not know the alerts.
   * Alertmanager therefore notifies of their end only about four minutes later.
   * @default false
   */
  readonly restartsEvaluator?: boolean;
  /** Broken components. The map marks only these. */
  readonly breaks: readonly string[];
  /** Range of the intensity; absent for a fault with only one intensity. */
  readonly intensity?: IntensityScale;
  readonly injected: boolean;
  /** Present while the fault is injected: Unix time of the injection in milliseconds. */
  readonly injectedAt?: number;
  /** Unix time of the automatic end in milliseconds; absent without an automatic end. */
  readonly endsAt?: number;
  /** Present while the fault is injected. */
  readonly injectedIntensity?: number;
  /** An injected fault that changes the same thing. It must be restored before this fault can be injected. */
  readonly blockedBy?: string;
  /** Why the last injection or restore failed. */
  readonly error?: string;
}

export interface FaultOptions {
  /**
   * Seconds until the automatic end.
   * @default only a user restores the fault
   */
  readonly for?: number | undefined;
  /** @default the default intensity of the fault */
  readonly intensity?: number | undefined;
}

export interface FaultControls {
  list(): readonly FaultStatus[];
  /**
   * Injects a fault. For a fault that is already injected, the later end time counts.
   * @returns false if no fault has this name
   * @throws OutOfBounds, NotPossibleNow, ControlFailed
   */
  inject(name: string, options?: FaultOptions): Promise<boolean>;
  /**
   * @returns false if no fault has this name
   * @throws ControlFailed; the fault then stays injected
   */
  restore(name: string): Promise<boolean>;
  /**
   * Stops the schedule and restores every injected fault.
   * @returns the names of the restored faults
   * @throws ControlFailed with the names of the faults that stay injected
   */
  clear(): Promise<readonly string[]>;
}
