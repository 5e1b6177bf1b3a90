import type { RangeSeries, TimeRange } from '../prometheus.ts';

export interface AlignedSeries {
  /** Ascending Unix times in seconds. */
  readonly times: readonly number[];
  /** The values of each series: one for each time, or `null` without a sample. */
  readonly values: readonly (readonly (number | null)[])[];
}

/**
 * Aligns the samples of range queries to all times of the queried range. The times depend only on the range, and not on
 * the samples. A time without a sample, or with a value that is not finite, becomes a gap in the curve. This is also
 * true at the start and at the end of the range.
 * @param range the range of all queries
 */
export function aligned(
  series: readonly Pick<RangeSeries, 'values'>[],
  { from, to, step }: TimeRange,
): AlignedSeries {
  // Prometheus evaluates a range query at its start and after each step. The small number allows for rounding errors.
  const count = Math.max(0, Math.floor((to - from) / step + 1e-6) + 1);
  const times = Array.from({ length: count }, (_, index) => from + index * step);
  const rows = series.map(({ values }) => {
    const row: (number | null)[] = Array.from({ length: count }, () => null);
    for (const [time, text] of values) {
      const index = Math.round((time - from) / step);
      const value = Number(text);
      if (index >= 0 && index < count) row[index] = Number.isFinite(value) ? value : null;
    }
    return row;
  });
  return { times, values: rows };
}
