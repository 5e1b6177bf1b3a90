export interface ExpectedAlert {
  readonly alert: string;
  /** Labels of the alert. They are set if several alerts have the same name. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Range of a fault's intensity. */
export interface IntensityScale {
  /** Meaning of the intensity, such as `share of the requests`. */
  readonly title: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
}

/** A fault that can be injected, with its current state. */
export interface FaultStatus {
  /** Name of the fault. It is also a part of the path in the API. */
  readonly name: string;
  /** Title with a few words. */
  readonly title: string;
  /** Effect of the fault on the pipeline. */
  readonly description: string;
  /** Typical cause of the fault in production. */
  readonly cause?: string;
  /** Heading above the faults of the same area of the pipeline. */
  readonly area?: string;
  /** Alerts that fire within about a minute while the fault is injected. */
  readonly alerts: readonly ExpectedAlert[];
  /** Alerts that may also fire, as a consequence of the fault. */
  readonly allowed?: readonly ExpectedAlert[];
  /**
   * Whether the fault disturbs other faults or hides their alerts. A drill then injects no other fault.
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Whether Alertmanager cannot send notifications while the fault is injected.
   * @default false
   */
  readonly withoutNotifications?: boolean;
  /**
   * Whether the restore starts the program that evaluates the rules again. This program then forgets its alerts, and
   * Alertmanager notifies of their end only about four minutes later.
   * @default false
   */
  readonly restartsEvaluator?: boolean;
  /** Names of the components that the fault breaks. The map marks only these components. */
  readonly breaks: readonly string[];
  /** Range of the intensity. Not set if the fault has no intensity. */
  readonly intensity?: IntensityScale;
  readonly injected: boolean;
  /** Unix time of the injection in milliseconds. Set only while the fault is injected. */
  readonly injectedAt?: number;
  /** Unix time of the automatic end in milliseconds. Not set if the fault has no automatic end. */
  readonly endsAt?: number;
  /** Intensity of the injected fault. Set only while the fault is injected. */
  readonly injectedIntensity?: number;
  /**
   * Name of an injected fault that changes the same thing. This fault cannot be injected before the named fault is
   * restored.
   */
  readonly blockedBy?: string;
  /** Reason why the last injection or restore failed. */
  readonly error?: string;
}

export interface FaultOptions {
  /**
   * Seconds until the automatic end.
   * @default the fault stays injected until a user restores it
   */
  readonly for?: number | undefined;
  /**
   * Intensity of the fault.
   * @default the default intensity of the fault
   */
  readonly intensity?: number | undefined;
}

/** Injects and restores faults. */
export interface FaultControls {
  list(): readonly FaultStatus[];
  /**
   * Injects a fault. If the fault is already injected, its new end is the later of the two end times.
   * @returns false if no fault has this name
   * @throws OutOfBounds, NotPossibleNow, ControlFailed
   */
  inject(name: string, options?: FaultOptions): Promise<boolean>;
  /**
   * Restores a fault.
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
