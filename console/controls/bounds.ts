/** Lowest and highest value that a control accepts. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Seconds after which a fault ends by itself. */
export const faultSeconds: Bounds = { min: 5, max: 3600 };

/** Times of a schedule of faults in seconds. */
export const scheduleBounds = {
  /** From the start of one fault to the start of the next fault. */
  every: { min: 10, max: 3600 },
  /** From the start of the schedule to its end. */
  length: { min: 10, max: 14_400 },
  /** From the start of a fault to its end. */
  hold: faultSeconds,
  seed: { min: 0, max: 4_294_967_295 },
  /** Faults in one schedule. */
  steps: { min: 1, max: 200 },
} as const satisfies Record<string, Bounds>;

export const scheduleDefaults = { every: 180, length: 1800 } as const;

/** The traffic of one cluster. A laptop must stay usable, and a stream holds 32 MB. */
export const trafficBounds = {
  /** Messages a second. */
  rate: { min: 1, max: 2000 },
  /** Bytes of a message. */
  size: { min: 64, max: 65_536 },
  /** Connections that publish. */
  clients: { min: 1, max: 50 },
  /** Rate times size. */
  bytesPerSecond: { min: 64, max: 4_000_000 },
  /** Messages of a burst. */
  burst: { min: 1, max: 5000 },
} as const satisfies Record<string, Bounds>;

/** Bytes of one burst; a burst of large messages has fewer messages. */
export const burstBytes = 8_000_000;
