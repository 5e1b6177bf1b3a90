export interface ExpectedAlert {
  readonly alert: string;
  /** Labels that select the alert among alerts of the same name. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** How strongly a fault can be injected. */
export interface IntensityScale {
  /** What the number counts, such as `share of the requests`. */
  readonly title: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
}

/** A fault that can be injected, and whether it is injected now. */
export interface FaultStatus {
  /** The path segment in the API. */
  readonly name: string;
  /** The fault in a few words. */
  readonly title: string;
  /** What the fault does to the pipeline. */
  readonly description: string;
  /** What causes the fault in production. */
  readonly cause?: string;
  /** The part of the pipeline that the fault belongs to, as a heading. */
  readonly area?: string;
  /** The alerts that fire within about a minute while the fault lasts. */
  readonly alerts: readonly ExpectedAlert[];
  /** Other alerts that may fire as a consequence of the fault. */
  readonly allowed?: readonly ExpectedAlert[];
  /** Names of the components that the fault breaks; the map marks exactly these. */
  readonly breaks: readonly string[];
  /** Missing if the fault has only one strength. */
  readonly intensity?: IntensityScale;
  readonly injected: boolean;
  /** Unix time in milliseconds of the injection, while the fault is injected. */
  readonly injectedAt?: number;
  /** Unix time in milliseconds of the automatic end, if there is one. */
  readonly endsAt?: number;
  /** The intensity of the injection, while the fault is injected. */
  readonly injectedIntensity?: number;
  /** Name of an injected fault that changes the same thing; both cannot be injected at the same time. */
  readonly blockedBy?: string;
  /** Why the last injection or restore failed. */
  readonly error?: string;
}

export interface FaultOptions {
  /** Seconds until the automatic end. @default the fault lasts until it is restored */
  readonly for?: number | undefined;
  /** @default the default of the fault's scale */
  readonly intensity?: number | undefined;
}

/** Injects faults and restores the pipeline. */
export interface FaultControls {
  list(): readonly FaultStatus[];
  /**
   * Injects a fault. A fault that is injected already is extended.
   * @returns false if no fault has that name
   * @throws OutOfBounds, NotPossibleNow, ControlFailed
   */
  inject(name: string, options?: FaultOptions): Promise<boolean>;
  /** @returns false if no fault has that name. @throws ControlFailed; the fault then stays injected */
  restore(name: string): Promise<boolean>;
  /**
   * Stops the schedule and restores every injected fault.
   * @returns the names of the restored faults. @throws ControlFailed that names the others
   */
  clear(): Promise<readonly string[]>;
}
