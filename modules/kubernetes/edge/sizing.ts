/**
 * Sizes of an agent, from its series and from the outage that it must bridge. docs/add-an-edge.md has the arithmetic.
 * Bytes are decimal in the arithmetic, and binary in the results, which are quantities of Kubernetes.
 */

/** Figures for one agent. Measured with Prometheus 3.16 and 20,000 series with six labels. */
const planned = {
  /** 7.5 bytes are measured for counters, and 11.2 bytes for values that do not compress. The log is compressed. */
  bytesPerLoggedSample: 12,
  /** Record of a series in the log: its labels. */
  bytesPerLoggedSeries: 500,
  /**
   * Seconds of samples that the log contains without an outage. The agent truncates the log every two hours, and each
   * time at most two thirds of the segments: between two truncations, the log grows to three hours.
   */
  loggedSeconds: 3 * 3600,
  /** Share of the volume that stays free, because a truncation writes a checkpoint before it deletes segments. */
  freeShare: 0.2,
  /** An agent with 20,000 series and a full shard has 104 MB, an agent without series about 60 MB. */
  emptyProcessBytes: 128e6,
  bytesPerSeries: 4_000,
  /** Bytes of a sample in the queue, with its share of the labels. */
  bytesPerQueuedSample: 250,
  /** Samples that one shard sends in a second, if the receiver answers a request of 2,000 samples within 0.4 s. */
  samplesPerShard: 5_000,
  /** After an outage, the agent sends at this multiple of its normal rate: an outage of an hour takes six minutes. */
  catchUpFactor: 10,
} as const;

const samplesPerSend = 2_000;
/** Prometheus recommends a capacity of three to ten requests. */
const capacity = 5 * samplesPerSend;
const fewestShards = 10;
const mostShards = 200;

export interface AgentDemand {
  /** Active series of the edge. */
  readonly series: number;
  readonly scrapeIntervalSeconds: number;
  /** Longest outage of the receiver. Seconds. */
  readonly outageSeconds: number;
}

export interface AgentSize {
  readonly queue: {
    readonly maxShards: number;
    readonly capacity: number;
    readonly maxSamplesPerSend: number;
  };
  /** Quantity of bytes: the memory limit. */
  readonly memory: string;
}

/** Bytes of the volume for the write-ahead log, at the end of the longest outage. */
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
    memory: `${Math.max(512, Math.ceil(bytes / 2 ** 20 / 64) * 64)}Mi`,
  };
}
