import { type QueryResult, queryRange, type RangeSeries, type TimeRange } from '../prometheus.ts';
import { type Loaded, useLoaded } from '../use-loaded.ts';
import { type AlignedSeries, aligned } from './range-data.ts';

/** All values have common times. `to` is the time of the last point. */
export type Curve = QueryResult<RangeSeries> & AlignedSeries & Pick<TimeRange, 'to'>;

/**
 * Runs a range query over the last `seconds` seconds, every `everyMs` milliseconds.
 * @param step seconds between two points
 */
export function useCurve(expr: string, seconds: number, step: number, everyMs: number): Loaded<Curve> {
  const load = async (signal: AbortSignal) => {
    const to = Math.floor(Date.now() / 1000);
    const result = await queryRange(expr, { from: to - seconds, to, step }, signal);
    return { ...result, ...aligned(result.series), to };
  };
  return useLoaded(`${expr} ${step}`, load, everyMs);
}
