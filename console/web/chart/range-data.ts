import type { RangeSeries, TimeRange } from '../prometheus.ts';

export interface AlignedSeries {
  /** Ascending Unix times in seconds. */
  readonly times: readonly number[];
  /** One list for each series. The list has a finite value or `null` for each of the `times`. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Gives all series the same times: the start of the range, and each step after the start. */
export function aligned(
  series: readonly Pick<RangeSeries, 'values'>[],
  { from, to, step }: TimeRange,
): AlignedSeries {
  // 1e-6 compensates for a rounding error. The quotient can be slightly below a whole number.
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
