import { useMemo } from 'preact/hooks';
import { TimeSeries } from '../../chart/time-series.tsx';
import { useCurve } from '../../chart/use-curve.ts';
import { formatOf } from '../../format/units.ts';
import { seriesName, stepFor } from '../../prometheus.ts';
import { exploreUrl } from '../../router.ts';

const shownSeconds = 600;
const refreshMs = 5000;
const height = 36;

export interface KeyCurveProps {
  readonly title: string;
  readonly expr: string;
  readonly unit: string;
  readonly scrapeIntervalSeconds: number;
}

/** A curve of the last ten minutes, with the newest value and a link to the query. */
export function KeyCurve({ title, expr, unit, scrapeIntervalSeconds }: KeyCurveProps) {
  const step = stepFor(shownSeconds, scrapeIntervalSeconds, 120);
  const { result, error, loading } = useCurve(expr, { seconds: shownSeconds, step }, refreshMs);
  const format = formatOf(unit);
  const { times, series } = useMemo(() => {
    const { times = [], series: found = [], values = [] } = result ?? {};
    return {
      times,
      series: found.map(({ metric }, index) => ({ name: seriesName(metric), values: values[index] ?? [] })),
    };
  }, [result]);
  const newest = series[0]?.values.findLast((value) => value !== null);
  const hasData = result !== undefined && newest !== undefined && newest !== null;
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
          range={[result.from, result.to]}
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
