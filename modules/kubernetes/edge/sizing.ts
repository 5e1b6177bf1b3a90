/**
 * Size of an agent for its number of series and for the longest outage. docs/add-an-edge.md explains the calculation.
 * The constants are in decimal bytes; the results are Kubernetes quantities (Mi).
 */

import { memoryQuantity } from '../../../config/quantity.ts';

/** Resources of one agent, measured with Prometheus 3.16 and 20,000 series with six labels. */
const planned = {
  /** Bytes of a sample in the compressed log. Measured: 7.5 for counters, 11.2 for values that do not compress. */
  bytesPerLoggedSample: 12,
  /** Bytes of a series in the log, for its labels. */
  bytesPerLoggedSeries: 500,
  /**
   * Duration of the log in seconds without an outage. Every two hours, the agent deletes at most two thirds of the
   * segments. Until the next deletion, the log grows to three hours.
   */
  loggedSeconds: 3 * 3600,
  /** Share of the volume that must stay free: the agent writes a checkpoint before it deletes segments. */
  freeShare: 0.2,
  /**
   * Bytes of memory of an agent without series. Measured: about 60 MB, and 104 MB with 20,000 series and a full shard.
   */
  emptyProcessBytes: 128e6,
  bytesPerSeries: 4_000,
  /** Bytes of a sample in the queue, including its part of the labels. */
  bytesPerQueuedSample: 250,
  /** Samples per second of one shard, if the receiver answers a request of 2,000 samples within 0.4 s. */
  samplesPerShard: 5_000,
  /**
   * After an outage, the agent sends at this multiple of its normal rate. For an outage of an hour, this takes six
   * minutes.
   */
  catchUpFactor: 10,
} as const;

/** Number of samples in a request of an agent: the default of Prometheus. */
export const samplesPerSend = 2_000;
/** Capacity of a shard in samples. Prometheus recommends three to ten requests. */
const capacity = 5 * samplesPerSend;
const fewestShards = 10;
const mostShards = 200;

export interface AgentDemand {
  /** Number of active series of the edge. */
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  /** Longest outage of the receiver, in seconds. */
  readonly outageSeconds: number;
}

export interface AgentSize {
  readonly queue: {
    readonly maxShards: number;
    readonly capacity: number;
    readonly maxSamplesPerSend: number;
  };
  /** Memory limit as a Kubernetes quantity. */
  readonly memory: string;
}

/** Bytes that the volume for the write-ahead log needs for the longest outage. */
export function logBytes({ series, scrapeIntervalSeconds, outageSeconds }: AgentDemand): number {
  const seconds = outageSeconds + planned.loggedSeconds;
  const samples = (series / scrapeIntervalSeconds) * seconds * planned.bytesPerLoggedSample;
  return (samples + series * planned.bytesPerLoggedSeries) / (1 - planned.freeShare);
}

export function agentSize({ series, scrapeIntervalSeconds }: AgentDemand): AgentSize {
  const afterOutage = (series / scrapeIntervalSeconds) * planned.catchUpFactor;
  const needed = Math.ceil(afterOutage / planned.samplesPerShard);
  const maxShards = Math.min(Math.max(fewestShards, needed), mostShards);
  const queued = maxShards * (capacity + samplesPerSend) * planned.bytesPerQueuedSample;
  const bytes = planned.emptyProcessBytes + series * planned.bytesPerSeries + queued;
  return {
    queue: { maxShards, capacity, maxSamplesPerSend: samplesPerSend },
    memory: memoryQuantity(bytes, 512),
  };
}
