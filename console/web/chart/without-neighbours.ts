/**
 * Returns the positions of single values. A single value has a gap directly before it and a gap directly after it. A line
 * cannot show a single value.
 */
export function withoutNeighbours(values: readonly (number | null)[]): readonly number[] {
  const isGap = (at: number) => (values[at] ?? null) === null;
  return [...values.keys()].filter((at) => !isGap(at) && isGap(at - 1) && isGap(at + 1));
}
