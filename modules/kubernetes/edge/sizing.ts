/**
 * Size of an agent, computed from its series and the longest outage (docs/add-an-edge.md). Constants are decimal
 * bytes; results are Kubernetes quantities (Mi).
 */

import { memoryQuantity } from '../../../config/quantity.ts';

/** Constants of the plan. The measurements used Prometheus 3.16 and 20,000 series with six labels. */
const planned = {
  /** Measured: 7.5 bytes for counters, 11.2 for values that do not compress. */
  bytesPerLoggedSample: 12,
  /** Bytes for the labels of a series in the log. */
  bytesPerLoggedSeries: 500,
  /**
   * Seconds of samples in the log without an outage. Every two hours, the agent deletes at most two thirds of the
   * segments. The log therefore contains up to three hours of samples: one hour that remains after a deletion, and the
   * two hours until the next deletion.
   */
  loggedSeconds: 3 * 3600,
  /** Free share of the volume. The agent needs space for a checkpoint before it deletes segments. */
  freeShare: 0.2,
  /** Memory of an agent without series. Measured: about 60 MB, and 104 MB with 20,000 series and a full shard. */
  emptyProcessBytes: 128e6,
  bytesPerSeries: 4_000,
  /** Memory of a sample in the queue, including the labels of its series. */
  bytesPerQueuedSample: 250,
  /** Samples per second of one shard, if the receiver answers a request of 2,000 samples within 0.4 s. */
  samplesPerShard: 5_000,
  /** Send rate after an outage, divided by the normal rate. The samples of an hour take about six minutes. */
  catchUpFactor: 10,
} as const;

/** Samples in a request of an agent: the default of Prometheus. */
export const samplesPerSend = 2_000;
/** Samples that a shard can hold: five requests. Prometheus recommends three to ten requests. */
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

/** Bytes of the write-ahead log after the longest outage. */
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
