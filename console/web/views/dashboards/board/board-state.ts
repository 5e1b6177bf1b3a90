import type { ChartMark } from '../../../chart/time-series.tsx';
import type { BoardJson, PanelJson, TargetJson, VariableJson } from './board-json.ts';
import { type Intervals, intervalsOf, withIntervals } from './interval.ts';
import type { Span } from './time-range.ts';
import { type Selection, withSelection } from './variables.ts';

/** What all panels of an open dashboard share. */
export interface BoardState {
  readonly json: BoardJson;
  /** The current time range. A read of all panels makes a new one. */
  readonly span: Span;
  readonly variables: readonly VariableJson[];
  readonly selection: Selection;
  /** Seconds. */
  readonly scrapeInterval: number;
  readonly marks: readonly ChartMark[];
  /** Address of this dashboard in Grafana, if there is one. */
  readonly grafanaUrl: string | undefined;
  /** Selects a time range in unix seconds. */
  readonly zoom: (from: number, to: number) => void;
}

/** A query of a panel as Prometheus receives it. */
export interface ReadyQuery {
  readonly target: TargetJson;
  readonly expr: string;
}

/** The panel's queries with all variables replaced. @param width of the panel in CSS pixels */
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
