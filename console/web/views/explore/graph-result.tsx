import { useEffect } from 'preact/hooks';
import { aligned } from '../../chart/range-data.ts';
import { TimeSeries } from '../../chart/time-series.tsx';
import { formatOf } from '../../format/units.ts';
import { scrapeInterval } from '../../live.ts';
import { type QueryNote, queryRange, seriesName, stepFor } from '../../prometheus.ts';
import { QueryNotes } from '../../query-notes.tsx';
import { useLoaded } from '../../use-loaded.ts';

const refreshMs = 5000;
/** Maximum number of lines in the graph. A larger number makes the page slow, and the lines look alike. */
const maxDrawn = 50;
const short = formatOf('short');

export interface ResultProps {
  readonly expr: string;
  /** Increases with each run of the query. */
  readonly run: number;
  /** Receives the error message of a failed query, or undefined after a successful query. */
  readonly onError: (message: string | undefined) => void;
}

export function GraphResult({ expr, seconds, run, onError }: ResultProps & { readonly seconds: number }) {
  const interval = scrapeInterval();
  const key = JSON.stringify([expr, seconds, run]);
  const { result, error, loading } = useLoaded(
    key,
    async (signal) => {
      const to = Math.floor(Date.now() / 1000);
      const step = stepFor(seconds, interval);
      const range = { from: to - seconds, to, step };
      const { series, notes } = await queryRange(expr, range, signal);
      const drawn = series.slice(0, maxDrawn);
      const { times, values } = aligned(drawn, range);
      const lines = drawn.map(({ metric }, index) => ({
        name: seriesName(metric),
        values: values[index] ?? [],
      }));
      return { key, times, lines, range, total: series.length, notes };
    },
    refreshMs,
  );
  useEffect(() => onError(error), [error]);
  const shown = result?.key === key ? result : undefined;
  if (!shown) return <p class="quiet">{loading ? 'The query runs…' : ''}</p>;
  if (shown.lines.length === 0) return <NoData notes={shown.notes} />;
  return (
    <>
      {shown.total > maxDrawn && (
        <p class="quiet">
          {shown.total} series; the first {maxDrawn} are drawn. Aggregate them, for example with sum or topk.
        </p>
      )}
      <QueryNotes notes={shown.notes} />
      <TimeSeries
        times={shown.times}
        series={shown.lines}
        range={[shown.range.from, shown.range.to]}
        format={short}
        height={300}
        label={`Graph of ${expr}`}
      />
    </>
  );
}

/** The text for an empty result. Notes of Prometheus often explain why the result is empty. */
export function NoData({ notes }: { readonly notes: readonly QueryNote[] }) {
  return (
    <>
      <QueryNotes notes={notes} />
      <p class="quiet">
        The query returns no series. Check the names of the metric and its labels, or select a longer time
        range.
      </p>
    </>
  );
}
