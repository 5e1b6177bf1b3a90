/**
 * The positions of the values that have no value directly before and after them. A line cannot show such a value.
 * Therefore a chart draws the value as a point.
 */
export function withoutNeighbours(values: readonly (number | null)[]): readonly number[] {
  const isGap = (at: number) => (values[at] ?? null) === null;
  return [...values.keys()].filter((at) => !isGap(at) && isGap(at - 1) && isGap(at + 1));
}
