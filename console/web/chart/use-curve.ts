import { type QueryResult, queryRange, type RangeSeries, type TimeRange } from '../prometheus.ts';
import { type Loaded, useLoaded } from '../use-loaded.ts';
import { type AlignedSeries, aligned } from './range-data.ts';

/** The result of a range query, with its range. All series have values at the same times. */
export type Curve = QueryResult<RangeSeries> & AlignedSeries & TimeRange;

export interface CurveRange {
  readonly seconds: number;
  /** Seconds between two points. */
  readonly step: number;
  /** End of the range as a Unix time in seconds. If undefined, the range ends at the time of the query. */
  readonly to?: number;
}

/**
 * A new expression or range runs a new query.
 * @param everyMs milliseconds; 0: no periodic query
 */
export function useCurve(
  expr: string,
  { seconds, step, to: end }: CurveRange,
  everyMs: number,
): Loaded<Curve> {
  const load = async (signal: AbortSignal) => {
    const to = end ?? Math.floor(Date.now() / 1000);
    const range = { from: to - seconds, to, step };
    const result = await queryRange(expr, range, signal);
    return { ...result, ...aligned(result.series, range), ...range };
  };
  return useLoaded(`${expr} ${seconds} ${step}`, load, everyMs, end);
}
