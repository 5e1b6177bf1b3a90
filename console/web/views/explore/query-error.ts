export interface QueryErrorPosition {
  /** Line of the mistake, counted from 1. */
  readonly line: number;
  /** Column of the mistake, counted from 1. */
  readonly column: number;
  /** The message without the position. */
  readonly message: string;
}

/**
 * Finds the position in a message of Prometheus about a query, such as `invalid parameter "query": 1:5: parse error:
 * unexpected end of input`.
 * @returns undefined if the message contains no position
 */
export function positionOf(error: string): QueryErrorPosition | undefined {
  const [, line, column, message] = /(?:^|\s)(\d+):(\d+): ([\s\S]*)$/.exec(error) ?? [];
  if (line === undefined || column === undefined || message === undefined) return undefined;
  return { line: Number(line), column: Number(column), message };
}
