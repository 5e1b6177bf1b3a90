import { useMemo } from 'preact/hooks';
import { aligned } from '../../chart/range-data.ts';
import { TimeSeries } from '../../chart/time-series.tsx';
import { formatOf } from '../../format/units.ts';
import { queryRange, seriesName, stepFor } from '../../prometheus.ts';
import { exploreUrl } from '../../router.ts';
import { useLoaded } from '../../use-loaded.ts';

const shownSeconds = 600;
const refreshMs = 5000;
const height = 36;

export interface KeyCurveProps {
  readonly title: string;
  readonly expr: string;
  readonly unit: string;
  readonly scrapeIntervalSeconds: number;
}

/** A small curve of a query over the last ten minutes, with its newest value and a link to the query. */
export function KeyCurve({ title, expr, unit, scrapeIntervalSeconds }: KeyCurveProps) {
  const { result, error, loading } = useLoaded(
    expr,
    (signal) => {
      const to = Date.now() / 1000;
      const step = stepFor(shownSeconds, scrapeIntervalSeconds, 120);
      return queryRange(expr, { from: to - shownSeconds, to, step }, signal);
    },
    refreshMs,
  );
  const format = formatOf(unit);
  const { times, series } = useMemo(() => {
    const found = result?.series ?? [];
    const data = aligned(found);
    return {
      times: data.times,
      series: data.values.map((values, index) => ({ name: seriesName(found[index]?.metric ?? {}), values })),
    };
  }, [result]);
  const newest = series[0]?.values.findLast((value) => value !== null);
  const hasData = newest !== undefined && newest !== null;
  return (
    <div class="map-curve" data-title={title}>
      <div class="map-curve-title">
        <span>
          {title}{' '}
          <a href={exploreUrl(expr)} aria-label={`Open the query of ${title}`}>
            query
          </a>
        </span>
        <strong>{hasData ? format(newest) : ''}</strong>
      </div>
      {hasData ? (
        <TimeSeries
          times={times}
          series={series}
          format={format}
          height={height}
          label={`${title}, the last ten minutes`}
          sparkline
        />
      ) : (
        <p class="quiet">{loading ? 'Loading…' : (error ?? 'Prometheus has no data of this query now.')}</p>
      )}
      {hasData && error !== undefined && <p class="error-text">Not refreshed: {error}</p>}
    </div>
  );
}
