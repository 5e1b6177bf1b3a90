import type { RangeSeries } from '../prometheus.ts';

export interface AlignedSeries {
  /** Unix times in seconds, ascending. */
  readonly times: readonly number[];
  /** For each series, one value for each time; `null` where it has none. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Brings the samples of a range query to common times. A value that is not finite is a gap. */
export function aligned(series: readonly Pick<RangeSeries, 'values'>[]): AlignedSeries {
  const times = [...new Set(series.flatMap(({ values }) => values.map(([time]) => time)))].sort(
    (a, b) => a - b,
  );
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
