import { useMemo } from 'preact/hooks';
import type { TourQuery } from '../../../tour/step.ts';
import { StateTimeline } from '../../chart/state-timeline.tsx';
import { TimeSeries } from '../../chart/time-series.tsx';
import { type Curve as CurveData, useCurve } from '../../chart/use-curve.ts';
import { timeOfDay } from '../../format/times.ts';
import { scrapeInterval } from '../../live.ts';
import { Promql } from '../../promql.tsx';
import { exploreUrl } from '../../router.ts';
import { continued } from './continued.ts';
import { distinguishing, valueText, withoutSharedPlace } from './series-text.ts';
import { stateOf } from './state-of.ts';
import { axisOf } from './value-axis.ts';

/** Seconds. The time axis is short, because an outage of half a minute must be easy to see. */
const shownSeconds = 5 * 60;
const seriesColors = 8;

export interface QueryPanelProps {
  readonly query: TourQuery;
  /** End of the time axis as a Unix time in seconds. */
  readonly to: number;
  readonly chart: boolean;
  /** Maximum number of values in the list of the panel. The display `tiles` has no maximum. */
  readonly mostValues: number;
}

export function QueryPanel({ query, to, chart, mostValues }: QueryPanelProps) {
  const { expr, shows } = query;
  const { result, error } = useCurve(expr, { seconds: shownSeconds, step: scrapeInterval(), to }, 0);
  return (
    <figure class="tour-query">
      <figcaption>
        <span>{shows}</span>
        <a href={exploreUrl(expr)}>Open in Explore</a>
      </figcaption>
      <pre>
        <Promql text={expr} />
      </pre>
      {error !== undefined && <p class="tour-problem">The query has no answer: {error}</p>}
      {result && <Answer answer={result} query={query} chart={chart} mostValues={mostValues} />}
    </figure>
  );
}

interface AnswerProps extends Pick<QueryPanelProps, 'query' | 'chart' | 'mostValues'> {
  readonly answer: CurveData;
}

interface Row {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Position of the row before the rows are sorted. This position determines the colour of the row. */
  readonly index: number;
}

function Answer({ answer, query, chart, mostValues }: AnswerProps) {
  const rows = useMemo(() => {
    const joined = continued(
      answer.series.map(({ metric }, index) => ({ metric, values: answer.values[index] ?? [] })),
    );
    const names = withoutSharedPlace(distinguishing(joined.map(({ metric }) => metric)));
    return joined.map(({ values }, index): Row => ({ name: names[index] ?? '', values, index }));
  }, [answer]);
  const { display = 'curve' } = query;
  if (rows.length === 0) return <p class="quiet">No data yet.</p>;
  if (display === 'tiles') return <Tiles rows={rows} query={query} at={answer.to} />;
  return (
    <>
      <Values rows={rows} query={query} at={answer.to} mostValues={mostValues} />
      {chart && (
        <div class={display === 'states' ? 'tour-chart tour-chart-states' : 'tour-chart'}>
          {display === 'states' ? (
            <States rows={rows} query={query} answer={answer} />
          ) : (
            <Curve rows={rows} query={query} answer={answer} />
          )}
        </div>
      )}
    </>
  );
}

const newest = ({ values }: Row): number | undefined => values.at(-1) ?? undefined;

interface ValuesProps {
  readonly rows: readonly Row[];
  readonly query: TourQuery;
  /** Unix time in seconds. The component shows the values of the query at this time. */
  readonly at: number;
}

function Values({ rows, query, at, mostValues }: ValuesProps & Pick<QueryPanelProps, 'mostValues'>) {
  const { unit, states, expr } = query;
  const isLarge = rows.length > mostValues;
  const listed = rows
    .filter((row) => states !== undefined || newest(row) !== undefined)
    .sort(isLarge ? (a, b) => (newest(b) ?? 0) - (newest(a) ?? 0) : () => 0);
  return (
    <ul class="tour-values">
      {listed.slice(0, mostValues).map((row) => {
        const value = newest(row);
        return (
          <li key={row.name} class={rows.length === 1 ? 'tour-single' : ''}>
            {states === undefined && (
              <span
                class="tour-color"
                style={{ background: `var(--series-${(row.index % seriesColors) + 1})` }}
                aria-hidden="true"
              />
            )}
            {rows.length > 1 && <span class="tour-name">{row.name}</span>}
            {value === undefined ? (
              <span class="tour-none">no sample now</span>
            ) : (
              <strong>{states ? stateOf(value, states).text : valueText(value, unit, at)}</strong>
            )}
          </li>
        );
      })}
      {listed.length > mostValues && (
        <li>
          <a href={exploreUrl(expr)}>and {listed.length - mostValues} more</a>
        </li>
      )}
      {listed.length === 0 && <li class="quiet">no sample now</li>}
    </ul>
  );
}

function Tiles({ rows, query: { unit, states }, at }: ValuesProps) {
  return (
    <ul class="tour-tiles" data-series={rows.length}>
      {rows.map((row) => {
        const value = newest(row);
        const state = value === undefined || !states ? undefined : stateOf(value, states);
        return (
          <li key={row.name} class={state ? `tour-tile ${state.quality}` : 'tour-tile'}>
            <span>{row.name}</span>
            <strong>
              {value === undefined ? 'no sample now' : (state?.text ?? valueText(value, unit, at))}
            </strong>
          </li>
        );
      })}
    </ul>
  );
}

interface ChartProps extends Pick<AnswerProps, 'query' | 'answer'> {
  readonly rows: readonly Row[];
}

function States({ rows, query: { states, shows }, answer }: ChartProps) {
  const named = rows.length === 1 ? rows.map((row) => ({ ...row, name: '' })) : rows;
  return (
    <StateTimeline
      times={answer.times}
      rows={named}
      step={answer.step}
      stateOf={(value) => stateOf(value, states ?? ['0', '1'])}
      range={[answer.from, answer.to]}
      rowHeight={0.7}
      fillOpacity={0.85}
      height="fill"
      label={`States of ${shows}`}
    />
  );
}

function Curve({ rows, query: { unit, shows, min }, answer }: ChartProps) {
  const format =
    unit === 'unix'
      ? (value: number) => timeOfDay(value * 1000)
      : (value: number) => valueText(value, unit, answer.to);
  return (
    <TimeSeries
      times={answer.times}
      series={rows}
      format={format}
      range={[answer.from, answer.to]}
      min={min}
      height="fill"
      legend={false}
      label={`Curve of ${shows}`}
      {...axisOf(unit)}
    />
  );
}
