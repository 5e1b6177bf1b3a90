/** Size of an agent, computed from its series and the longest outage (docs/add-an-edge.md). */

import { memoryQuantity } from '../../../config/quantity.ts';

/** The measurements of the agent used Prometheus 3.16 and 20,000 series with six labels. */
const planned = {
  /** Measured maximum: 11.2 bytes per sample. */
  bytesPerLoggedSample: 12,
  bytesPerLoggedSeries: 500,
  /** Maximum age of samples in the write-ahead log while the receiver works. */
  loggedSeconds: 3 * 3600,
  /** Free share of the volume for the checkpoint of the write-ahead log. */
  freeShare: 0.2,
  /** Memory of an agent without series: about twice the measured 60 MB. */
  emptyProcessBytes: 128e6,
  bytesPerSeries: 4_000,
  bytesPerQueuedSample: 250,
  /** Samples per second of one sender (shard), if the receiver answers each request within 0.4 s. */
  samplesPerShard: 5_000,
  /** Planned send rate after an outage, divided by the normal rate. */
  catchUpFactor: 10,
} as const;

/** Maximum number of samples in one remote-write request. This value is the default of Prometheus. */
export const samplesPerSend = 2_000;
/** Maximum number of samples in the queue of a shard. Prometheus recommends 3 to 10 times `samplesPerSend`. */
const capacity = 5 * samplesPerSend;
const lowestMaxShards = 10;
const highestMaxShards = 200;

export interface AgentDemand {
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  readonly outageSeconds: number;
}

export interface AgentSize {
  readonly queue: {
    readonly maxShards: number;
    readonly capacity: number;
    readonly maxSamplesPerSend: number;
  };
  readonly memory: string;
}

/** Size of the volume for the write-ahead log, in bytes. */
export function logBytes({ series, scrapeIntervalSeconds, outageSeconds }: AgentDemand): number {
  const seconds = outageSeconds + planned.loggedSeconds;
  const samples = (series / scrapeIntervalSeconds) * seconds * planned.bytesPerLoggedSample;
  return (samples + series * planned.bytesPerLoggedSeries) / (1 - planned.freeShare);
}

export function agentSize({ series, scrapeIntervalSeconds }: AgentDemand): AgentSize {
  const afterOutage = (series / scrapeIntervalSeconds) * planned.catchUpFactor;
  const needed = Math.ceil(afterOutage / planned.samplesPerShard);
  const maxShards = Math.min(Math.max(lowestMaxShards, needed), highestMaxShards);
  const queued = maxShards * (capacity + samplesPerSend) * planned.bytesPerQueuedSample;
  const bytes = planned.emptyProcessBytes + series * planned.bytesPerSeries + queued;
  return {
    queue: { maxShards, capacity, maxSamplesPerSend: samplesPerSend },
    memory: memoryQuantity(bytes, 512),
  };
}
