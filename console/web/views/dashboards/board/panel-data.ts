import { type AlignedSeries, aligned } from '../../../chart/range-data.ts';
import {
  type InstantSeries,
  type QueryNote,
  query,
  queryRange,
  type RangeSeries,
} from '../../../prometheus.ts';
import type { PanelJson, TargetJson } from './board-json.ts';
import { type BoardState, readyQueries } from './board-state.ts';
import { alignedSpan } from './interval.ts';
import { seriesTitle } from './legend-text.ts';
import { limited } from './limit.ts';
import type { Span } from './time-range.ts';

interface Common {
  readonly notes: readonly QueryNote[];
}

/** Values over time. All series have values at the same times. */
export interface RangeData extends Common, AlignedSeries {
  readonly kind: 'range';
  readonly names: readonly string[];
  readonly span: Span;
  /** Seconds between two points. */
  readonly step: number;
}

/** The values of each query at the end of the time range. */
export interface InstantData extends Common {
  readonly kind: 'instant';
  readonly results: readonly { readonly target: TargetJson; readonly series: readonly InstantSeries[] }[];
}

export type PanelData = RangeData | InstantData;

/** With more than four requests at the same time, Prometheus does not answer faster. */
const limit = limited(4);

const isOverTime = ({ type }: PanelJson) => type === 'timeseries' || type === 'state-timeline';

/**
 * @param width CSS pixels
 * @throws ApiError with the message of Prometheus
 */
export async function readPanel(
  panel: PanelJson,
  board: BoardState,
  width: number,
  signal: AbortSignal,
): Promise<PanelData> {
  const { queries, intervals } = readyQueries(panel, board, width);
  if (!isOverTime(panel)) {
    const results = await Promise.all(
      queries.map(async ({ target, expr }) => {
        const { series, notes } = await limit(() => query(expr, signal, board.span.to), signal);
        return { target, series, notes };
      }),
    );
    return { kind: 'instant', results, notes: results.flatMap(({ notes }) => notes) };
  }
  const step = intervals.interval;
  const span = alignedSpan(board.span, step);
  const results = await Promise.all(
    queries.map(async ({ target, expr }) => {
      const { series, notes } = await limit(() => queryRange(expr, { ...span, step }, signal), signal);
      return { target, series, notes };
    }),
  );
  const all: readonly (RangeSeries & { readonly name: string })[] = results.flatMap(({ target, series }) =>
    series.map((one) => ({ ...one, name: seriesTitle(target.legendFormat, one.metric) })),
  );
  return {
    kind: 'range',
    ...aligned(all, { ...span, step }),
    names: all.map(({ name }) => name),
    span,
    step,
    notes: results.flatMap(({ notes }) => notes),
  };
}

export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

export function namedValues({ results }: InstantData): readonly NamedValue[] {
  return results.flatMap(({ target, series }) =>
    series.map(({ metric, value }) => ({
      name: seriesTitle(target.legendFormat, metric),
      value: Number(value[1]),
    })),
  );
}

/** Counts the series that the panel can draw. Such a series has at least one finite value. */
export function countMarks(data: PanelData | undefined): number {
  if (!data) return 0;
  if (data.kind === 'range') {
    return data.values.filter((values) => values.some((value) => value !== null)).length;
  }
  return data.results.flatMap(({ series }) => series).filter(({ value }) => Number.isFinite(Number(value[1])))
    .length;
}
