import type { ChartMark } from '../../../chart/time-series.tsx';
import type { BoardJson, PanelJson, TargetJson, VariableJson } from './board-json.ts';
import { type Intervals, intervalsOf, withIntervals } from './interval.ts';
import type { Span } from './time-range.ts';
import { type Selection, withSelection } from './variables.ts';

/** State that all panels of an open dashboard share. */
export interface BoardState {
  readonly json: BoardJson;
  /** Time range of the panels. */
  readonly span: Span;
  /** The number of refreshes. A panel reads its data again after each change of this number. */
  readonly reads: number;
  readonly variables: readonly VariableJson[];
  readonly selection: Selection;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly marks: readonly ChartMark[];
  /** Undefined if no Grafana is configured, or if Grafana does not have the dashboard. */
  readonly grafanaUrl: string | undefined;
  /** `from` and `to` are Unix times in seconds. */
  readonly zoom: (from: number, to: number) => void;
}

/** A query in which values have replaced the Grafana variables. */
export interface ReadyQuery {
  readonly target: TargetJson;
  readonly expr: string;
}

/** @param width CSS pixels */
export function readyQueries(
  { targets }: PanelJson,
  { span, scrapeInterval, variables, selection }: BoardState,
  width: number,
): { readonly queries: readonly ReadyQuery[]; readonly intervals: Intervals } {
  const intervals = intervalsOf(span, width, scrapeInterval);
  const queries = targets.map((target) => ({
    target,
    expr: withIntervals(withSelection(target.expr, variables, selection), intervals),
  }));
  return { queries, intervals };
}
