export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Seconds until the automatic end of a fault. */
export const faultSeconds: Bounds = { min: 5, max: 3600 };

export const scheduleBounds = {
  every: { min: 10, max: 3600 },
  length: { min: 10, max: 14_400 },
  hold: faultSeconds,
  seed: { min: 0, max: 4_294_967_295 },
  /** Number of faults in a schedule. Each step starts one fault. */
  steps: { min: 1, max: 200 },
} as const satisfies Record<string, Bounds>;

export const scheduleDefaults = { every: 180, length: 1800 } as const;

/** Low bounds keep a laptop usable. The JetStream stream holds only 32 MB. */
export const trafficBounds = {
  rate: { min: 1, max: 2000 },
  size: { min: 64, max: 65_536 },
  clients: { min: 1, max: 50 },
  bytesPerSecond: { min: 64, max: 4_000_000 },
  burst: { min: 1, max: 5000 },
} as const satisfies Record<string, Bounds>;

/** Maximum bytes of a burst. The larger the messages, the fewer messages a burst has. */
export const burstBytes = 8_000_000;
