import type { RangeSeries, TimeRange } from '../prometheus.ts';

export interface AlignedSeries {
  /** Ascending Unix times in seconds. */
  readonly times: readonly number[];
  /** The values of each series: one for each time, or `null` without a sample. */
  readonly values: readonly (readonly (number | null)[])[];
}

/**
 * Aligns the samples of range queries to all times of the queried range. The times do not depend on the samples.
 * Therefore a series without samples leaves a gap, also at both ends of the range, and also if all series have this
 * gap. A value that is not finite becomes a gap.
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
