import type { RangeSeries } from '../prometheus.ts';

export interface AlignedSeries {
  /** Ascending Unix times in seconds. */
  readonly times: readonly number[];
  /** The values of each series: one for each time, or `null` without a sample. */
  readonly values: readonly (readonly (number | null)[])[];
}

/**
 * Aligns the samples of range queries to common times. A value that is not finite becomes a gap.
 * @param step seconds between two samples; a longer distance becomes a gap.
 * @default a series has gaps only at times of other series
 */
export function aligned(series: readonly Pick<RangeSeries, 'values'>[], step?: number): AlignedSeries {
  const known = new Set(series.flatMap(({ values }) => values.map(([time]) => time)));
  const sampled = [...known].sort((a, b) => a - b);
  const times = step === undefined ? sampled : withGaps(sampled, step);
  const position = new Map(times.map((time, index) => [time, index]));
  const rows = series.map(({ values }) => {
    const row: (number | null)[] = Array.from({ length: times.length }, () => null);
    for (const [time, text] of values) {
      const value = Number(text);
      row[position.get(time) as number] = Number.isFinite(value) ? value : null;
    }
    return row;
  });
  return { times, values: rows };
}

/** Adds a time after each sample whose next sample is more than one step later. */
function withGaps(times: readonly number[], step: number): readonly number[] {
  return times.flatMap((time, index) => {
    const next = times[index + 1];
    return next !== undefined && next - time > step * 1.5 ? [time, time + step] : [time];
  });
}
