import { type Expression, render } from '../../metrics/promql.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import type { TourQuery } from './step.ts';

/**
 * Adds the description from metrics/queries.ts.
 * @throws Error if the file does not have the query
 */
export function documented(expression: Expression, look?: Look): TourQuery {
  const expr = render(expression);
  const found = documentedQueries.find((query) => query.expr === expr);
  if (!found) {
    throw new Error(
      `The tour uses documented(${expr}), but metrics/queries.ts does not contain this query. Add the query to metrics/queries.ts, or replace documented() with query() in the tour.`,
    );
  }
  return query(expression, found.shows, look);
}

/** A query that exists only in the tour. */
export function query(expression: Expression, shows: string, look: Look = {}): TourQuery {
  return { expr: render(expression), shows, ...look };
}

type Look = Pick<TourQuery, 'unit' | 'display' | 'min' | 'states'>;

export const upOverTime: Look = { display: 'states', states: ['down', 'up'] };
export const upNow: Look = { display: 'tiles', states: ['down', 'up'] };
