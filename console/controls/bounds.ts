/** Lowest and highest value that a control accepts. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Bounds of the seconds after which a fault ends automatically. */
export const faultSeconds: Bounds = { min: 5, max: 3600 };

/** Bounds of the fields of a fault schedule. */
export const scheduleBounds = {
  /** Seconds from the start of a fault to the start of the next fault. */
  every: { min: 10, max: 3600 },
  /** Seconds from the start of the schedule to its end. */
  length: { min: 10, max: 14_400 },
  /** Seconds from the start of a fault to its end. */
  hold: faultSeconds,
  seed: { min: 0, max: 4_294_967_295 },
  /** Number of faults in a schedule. */
  steps: { min: 1, max: 200 },
} as const satisfies Record<string, Bounds>;

export const scheduleDefaults = { every: 180, length: 1800 } as const;

/**
 * Bounds for the traffic of a cluster. The limits are low, because a laptop must stay usable and a stream holds only 32
 * MB.
 */
export const trafficBounds = {
  /** Messages per second. */
  rate: { min: 1, max: 2000 },
  /** Bytes of a message. */
  size: { min: 64, max: 65_536 },
  /** Number of connections that publish. */
  clients: { min: 1, max: 50 },
  /** Bytes per second: the rate multiplied by the size. */
  bytesPerSecond: { min: 64, max: 4_000_000 },
  /** Number of messages in a burst. */
  burst: { min: 1, max: 5000 },
} as const satisfies Record<string, Bounds>;

/** Maximum bytes of a burst. Therefore a burst of large messages has fewer messages. */
export const burstBytes = 8_000_000;
