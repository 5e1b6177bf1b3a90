export interface ExpectedAlert {
  readonly alert: string;
  /** Labels that distinguish the alert from other alerts with the same name. */
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

export interface FaultStatus {
  /** Unique. The URL `/api/faults/{name}` contains the name. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Typical cause in production. */
  readonly cause?: string;
  /** Part of the pipeline, as a heading in the list of faults. */
  readonly area?: string;
  /** Alerts that fire within about a minute after the injection. */
  readonly alerts: readonly ExpectedAlert[];
  /** Alerts that the fault may cause in addition to `alerts`. */
  readonly allowed?: readonly ExpectedAlert[];
  /**
   * True if the fault disturbs other faults or alerts. A drill injects the fault alone.
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Whether Alertmanager cannot send notifications during the fault.
   * @default false
   */
  readonly withoutNotifications?: boolean;
  /** @default false */
  readonly restartsEvaluator?: boolean;
  /** Names of the components that the map marks as broken. */
  readonly breaks: readonly string[];
  /** Absent if the fault has only one intensity. */
  readonly intensity?: IntensityScale;
  readonly injected: boolean;
  /** Time of the injection, as a Unix time in milliseconds. Present while the fault is injected. */
  readonly injectedAt?: number;
  /** Unix time in milliseconds of the automatic end; absent if only a user ends the fault. */
  readonly endsAt?: number;
  readonly injectedIntensity?: number;
  /** Name of another fault that is injected. The named fault must end before this fault can be injected. */
  readonly blockedBy?: string;
  /** Present if the last attempt to inject or to end the fault failed. Contains the reason. */
  readonly error?: string;
}

export interface FaultOptions {
  /**
   * Seconds until the automatic end.
   * @default the fault stays injected until a user ends it
   */
  readonly for?: number | undefined;
  /** @default the current intensity of an injected fault, otherwise the default intensity of the fault */
  readonly intensity?: number | undefined;
}

export interface FaultControls {
  list(): readonly FaultStatus[];
  /**
   * An injected fault can be injected again. If the first and the second call have a duration, the later end applies.
   * If the second call has no duration, the fault has no automatic end.
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
   * Stops the schedule and ends every fault.
   * @returns names of the ended faults
   * @throws ControlFailed if a fault stays injected
   */
  clear(): Promise<readonly string[]>;
}
