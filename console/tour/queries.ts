import { type Expression, render } from '../../metrics/promql.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import type { TourQuery } from './step.ts';

/**
 * A query of the documentation, with its description.
 * @throws Error if the expression is not documented
 */
export function documented(expression: Expression, unit?: string): TourQuery {
  const expr = render(expression);
  const found = documentedQueries.find((query) => query.expr === expr);
  if (!found) throw new Error(`metrics/queries.ts does not document ${expr}. Add the query, or use query().`);
  return query(expression, found.shows, unit);
}

/** A query of the tour only. */
export function query(expression: Expression, shows: string, unit?: string): TourQuery {
  return { expr: render(expression), shows, ...(unit !== undefined && { unit }) };
}
