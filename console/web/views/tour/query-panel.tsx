import { useMemo } from 'preact/hooks';
import type { TourQuery } from '../../../tour/step.ts';
import { TimeSeries } from '../../chart/time-series.tsx';
import { type Curve as CurveData, useCurve } from '../../chart/use-curve.ts';
import { timeOfDay } from '../../format/times.ts';
import { scrapeInterval } from '../../live.ts';
import { stepFor } from '../../prometheus.ts';
import { exploreUrl } from '../../router.ts';
import { distinguishing, valueText } from './series-text.ts';

const shownSeconds = 15 * 60;
const points = 180;
const seriesColors = 8;

export interface QueryPanelProps {
  readonly query: TourQuery;
  /** CSS pixels. 0: no curve. */
  readonly height: number;
  /** Only the highest values of a larger result are listed. */
  readonly mostValues: number;
}

/** A query with a curve of the last quarter of an hour, and with its current values. */
export function QueryPanel({ query, height, mostValues }: QueryPanelProps) {
  const { expr, shows, unit } = query;
  const interval = scrapeInterval();
  const step = stepFor(shownSeconds, interval, points);
  const { result, error } = useCurve(expr, shownSeconds, step, interval * 1000);
  return (
    <figure class="tour-query">
      <figcaption>
        <span>{shows}</span>
        <a href={exploreUrl(expr)}>Open in Explore</a>
      </figcaption>
      <pre>
        <code>{expr}</code>
      </pre>
      {error !== undefined && <p class="tour-problem">The query has no answer: {error}</p>}
      {result && <Curve answer={result} shows={shows} unit={unit} height={height} mostValues={mostValues} />}
    </figure>
  );
}

interface CurveProps {
  readonly answer: CurveData;
  readonly shows: string;
  readonly unit: string | undefined;
  readonly height: number;
  readonly mostValues: number;
}

/** Axis of Unix times, with round times of the day. It extends at least a minute above and below a curve. */
const timesOfDay = {
  leastMargin: 60,
  increments: [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 21_600, 86_400],
} as const;

function Curve({ answer, shows, unit, height, mostValues }: CurveProps) {
  const { times, series, rows } = useMemo(() => {
    const { times, values } = answer;
    const names = distinguishing(answer.series.map(({ metric }) => metric));
    return {
      times,
      series: values.map((row, index) => ({ name: names[index] ?? '', values: row })),
      rows: values.map((row, index) => ({
        index,
        name: names[index] ?? '',
        value: times.at(-1) === answer.to ? row.at(-1) : undefined,
      })),
    };
  }, [answer]);
  const current = rows
    .filter((row): row is typeof row & { value: number } => typeof row.value === 'number')
    .sort(rows.length > mostValues ? (a, b) => b.value - a.value : () => 0);
  const format =
    unit === 'unix'
      ? (value: number) => timeOfDay(value * 1000)
      : (value: number) => valueText(value, unit, answer.to);
  if (series.length === 0) return <p class="quiet">No data yet.</p>;
  return (
    <>
      <ul class="tour-values">
        {current.slice(0, mostValues).map(({ index, name, value }) => (
          <li key={name} class={series.length === 1 ? 'tour-single' : ''}>
            <span
              class="tour-color"
              style={{ background: `var(--series-${(index % seriesColors) + 1})` }}
              aria-hidden="true"
            />
            {series.length > 1 && <span class="tour-name">{name}</span>}
            <strong>{valueText(value, unit, answer.to)}</strong>
          </li>
        ))}
        {current.length > mostValues && <li class="quiet">and {current.length - mostValues} more</li>}
        {current.length === 0 && <li class="quiet">no value now</li>}
      </ul>
      {height > 0 && (
        <TimeSeries
          times={times}
          series={series}
          format={format}
          height={height}
          legend={false}
          label={`Curve of ${shows}`}
          {...(unit === 'unix' && timesOfDay)}
        />
      )}
    </>
  );
}
