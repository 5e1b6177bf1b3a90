export interface ExpectedAlert {
  readonly alert: string;
  /** Labels that the alert must have. They distinguish it from other alerts with the same name. */
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
  /** Unique name. It is a part of the fault's path in the API. */
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
   * Whether the end of the fault restarts the program that evaluates the rules. The new process does not know the
   * active alerts, and does not report their end to Alertmanager. Alertmanager therefore sends the resolved
   * notifications only about four minutes later.
   * @default false
   */
  readonly restartsEvaluator?: boolean;
  /** Names of the components that the fault breaks. The map marks only these components. */
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
  /** Name of an injected fault that changes the same thing. It must end before this fault can be injected. */
  readonly blockedBy?: string;
  /** Why the last attempt to inject or to end the fault failed. */
  readonly error?: string;
}

export interface FaultOptions {
  /**
   * Seconds until the automatic end.
   * @default the fault stays injected until a user ends it
   */
  readonly for?: number | undefined;
  /** @default the default intensity of the fault */
  readonly intensity?: number | undefined;
}

export interface FaultControls {
  list(): readonly FaultStatus[];
  /**
   * Injects a fault. If the fault is already injected, it ends at the later of the old and the new end time. Without
   * `for`, it no longer ends automatically.
   * @returns false if no fault has this name
   * @throws OutOfBounds, NotPossibleNow, ControlFailed
   */
  inject(name: string, options?: FaultOptions): Promise<boolean>;
  /**
   * Ends a fault.
   * @returns false if no fault has this name
   * @throws ControlFailed; the fault then stays injected
   */
  restore(name: string): Promise<boolean>;
  /**
   * Stops the schedule and ends every injected fault.
   * @returns the names of the faults that have ended
   * @throws ControlFailed with the names of the faults that stay injected
   */
  clear(): Promise<readonly string[]>;
}
