export interface QueryErrorPosition {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The message without the position. */
  readonly message: string;
}

/** Finds `1:5` in `invalid parameter "query": 1:5: parse error`. Undefined without a position. */
export function positionOf(error: string): QueryErrorPosition | undefined {
  const [, line, column, message] = /(?:^|\s)(\d+):(\d+): ([\s\S]*)$/.exec(error) ?? [];
  if (line === undefined || column === undefined || message === undefined) return undefined;
  return { line: Number(line), column: Number(column), message };
}
