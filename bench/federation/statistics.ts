/**
 * Nearest-rank percentile. NaN for an empty list.
 * @param share 0.99 for the 99th percentile
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The counters of the receivers at one time. */
export interface Reading {
  /** Time in milliseconds since any fixed point in time. */
  readonly at: number;
  readonly samples: number;
  /** Processor time of all receivers in seconds. */
  readonly cpuSeconds: number;
}

/** Both values are NaN if the receiver stored less than 95 % of the samples. */
export interface Throughput {
  readonly samplesPerSecond: number;
  /** Microseconds of processor time for each sample. */
  readonly cpuPerSample: number;
}

/** Throughput from 5 % to 95 % of the samples, because some senders start late or end early. */
export function middleThroughput(readings: readonly Reading[], samples: number): Throughput {
  // The readings are sorted by time. The first reading is earlier than the first sample.
  const start = readings[0]?.samples ?? 0;
  const from = crossing(readings, start + 0.05 * samples);
  const to = crossing(readings, start + 0.95 * samples);
  if (!from || !to) return { samplesPerSecond: Number.NaN, cpuPerSample: Number.NaN };
  const stored = to.samples - from.samples;
  return {
    samplesPerSecond: (stored / (to.at - from.at)) * 1000,
    cpuPerSample: ((to.cpuSeconds - from.cpuSeconds) / stored) * 1e6,
  };
}

function crossing(readings: readonly Reading[], samples: number): Reading | undefined {
  const index = readings.findIndex((reading) => reading.samples >= samples);
  const after = readings[index];
  const before = readings[index - 1];
  if (!after || !before) return undefined;
  const share = (samples - before.samples) / (after.samples - before.samples);
  return {
    at: before.at + share * (after.at - before.at),
    samples,
    cpuSeconds: before.cpuSeconds + share * (after.cpuSeconds - before.cpuSeconds),
  };
}

/** A period with a known number of scrapes. */
export interface Window {
  /** Unix times in milliseconds. The start does not belong to the period, but the end does. */
  readonly start: number;
  readonly end: number;
  readonly scrapes: number;
}

/**
 * Returns undefined for fewer than three scrapes.
 * @param times Unix times of the scrapes, in milliseconds
 */
export function countableWindow(times: readonly number[]): Window | undefined {
  const [first, second] = times;
  const [beforeLast, last] = times.slice(-2);
  if (times.length < 3 || first === undefined || second === undefined) return undefined;
  if (beforeLast === undefined || last === undefined) return undefined;
  // The exporter and the agent record slightly different times for the same scrape.
  return {
    start: Math.round((first + second) / 2),
    end: Math.round((beforeLast + last) / 2),
    scrapes: times.length - 2,
  };
}

/**
 * Scrapes per second of all agents together.
 * @param scrapes Unix times in milliseconds, by agent
 */
export function scrapesPerSecond(scrapes: readonly (readonly number[])[]): number {
  return scrapes.reduce((sum, times) => {
    const duration = (times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN);
    return sum + ((times.length - 1) / duration) * 1000;
  }, 0);
}
