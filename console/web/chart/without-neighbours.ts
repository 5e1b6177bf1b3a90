/**
 * Returns the positions of single values: the value before and the value after are missing. A line needs two values.
 * Therefore charts draw a point for a single value.
 */
export function withoutNeighbours(values: readonly (number | null)[]): readonly number[] {
  const isGap = (at: number) => (values[at] ?? null) === null;
  return [...values.keys()].filter((at) => !isGap(at) && isGap(at - 1) && isGap(at + 1));
}
