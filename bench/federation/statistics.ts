/** The value below which `share` (0 to 1) of the values lie, by the nearest-rank method. NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A reading of counters that only rise. */
export interface Reading {
  /** Milliseconds. */
  readonly at: number;
  /** Samples that the receiver has stored. */
  readonly samples: number;
  /** Processor time of the receiver's processes in seconds. */
  readonly cpuSeconds: number;
}

export interface Throughput {
  readonly samplesPerSecond: number;
  /** Microseconds of processor time for each sample. */
  readonly cpuPerSample: number;
}

/**
 * The throughput between 5 % and 95 % of a known number of samples. The first and the last requests are left out, because
 * connections start and end at different times.
 * @param readings readings in the order of time; the first is from before the first sample
 * @returns NaN if the readings end before 95 %
 */
export function middleThroughput(readings: readonly Reading[], samples: number): Throughput {
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

/** The reading at which the number of samples was reached, interpolated between two readings. */
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

/** A period in which a known number of scrapes lies. */
export interface Window {
  /** Unix times in milliseconds, between two scrapes. The start is not part of the period. */
  readonly start: number;
  readonly end: number;
  readonly scrapes: number;
}

/**
 * The longest period that contains whole scrapes only. It starts and ends in the middle between two scrapes, because the
 * exporter notes the time of a scrape a little later than the agent.
 * @param times Unix times of the scrapes in milliseconds
 * @returns undefined with fewer than three scrapes
 */
export function countableWindow(times: readonly number[]): Window | undefined {
  const [first, second] = times;
  const [beforeLast, last] = times.slice(-2);
  if (times.length < 3 || first === undefined || second === undefined) return undefined;
  if (beforeLast === undefined || last === undefined) return undefined;
  return {
    start: Math.round((first + second) / 2),
    end: Math.round((beforeLast + last) / 2),
    scrapes: times.length - 2,
  };
}

/**
 * The scrapes of all agents in a second, over the whole run. A count of the scrapes in a short period would be wrong by up
 * to one scrape of each agent.
 * @param scrapes for each agent, the Unix times of its scrapes in milliseconds
 */
export function scrapesPerSecond(scrapes: readonly (readonly number[])[]): number {
  return scrapes.reduce((sum, times) => {
    const duration = (times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN);
    return sum + ((times.length - 1) / duration) * 1000;
  }, 0);
}
