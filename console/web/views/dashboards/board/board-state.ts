import type { ChartMark } from '../../../chart/time-series.tsx';
import type { BoardJson, PanelJson, TargetJson, VariableJson } from './board-json.ts';
import { type Intervals, intervalsOf, withIntervals } from './interval.ts';
import type { Span } from './time-range.ts';
import { type Selection, withSelection } from './variables.ts';

/** Common to all panels of an open dashboard. */
export interface BoardState {
  readonly json: BoardJson;
  /** Each refresh of the panels creates a new object. */
  readonly span: Span;
  readonly variables: readonly VariableJson[];
  readonly selection: Selection;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly marks: readonly ChartMark[];
  /** Undefined if no Grafana has the dashboard. */
  readonly grafanaUrl: string | undefined;
  /** Unix times in seconds. */
  readonly zoom: (from: number, to: number) => void;
}

/** A query for Prometheus. The variables of Grafana are already replaced by their values. */
export interface ReadyQuery {
  readonly target: TargetJson;
  readonly expr: string;
}

/**
 * The queries of a panel. The variables of Grafana are already replaced by their values.
 * @param width width of the panel in CSS pixels
 */
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
