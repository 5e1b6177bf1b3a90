import { type QueryResult, queryRange, type RangeSeries, type TimeRange } from '../prometheus.ts';
import { type Loaded, useLoaded } from '../use-loaded.ts';
import { type AlignedSeries, aligned } from './range-data.ts';

/** The result of a range query, with the range. All series have their values at the same times. */
export type Curve = QueryResult<RangeSeries> & AlignedSeries & TimeRange;

/** The time range of a curve. Without `to`, it ends now. */
export interface CurveRange {
  readonly seconds: number;
  /** Seconds between two points. */
  readonly step: number;
  /**
   * End of the range as a Unix time in seconds. Curves with the same end have the same time axis. A change of the end
   * loads the curve again.
   * @default the time of each load
   */
  readonly to?: number;
}

/**
 * Runs a range query.
 * @param everyMs milliseconds between two loads. With 0, the data is loaded again only after a change of the query or
 *   of the range.
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
