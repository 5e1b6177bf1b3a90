/** A horizontal piece of a line between two rows. Overlapping pieces need different heights. */
export interface Span {
  readonly id: string;
  /** The line comes from above at this horizontal position. */
  readonly upper: number;
  /** The line continues downwards at this horizontal position. */
  readonly lower: number;
}

/**
 * Lane of each span; 0 is the highest. Overlapping spans have different lanes. Lines that go to the right do not cross
 * each other, because the line that starts farther to the left has the lower lane. For lines that go to the left, it is
 * the line that starts farther to the right.
 */
export function lanesOf(spans: readonly Span[]): ReadonlyMap<string, number> {
  const toTheRight = spans
    .filter(({ upper, lower }) => lower > upper)
    .sort((a, b) => b.upper - a.upper || b.lower - a.lower);
  const toTheLeft = spans
    .filter(({ upper, lower }) => lower < upper)
    .sort((a, b) => a.upper - b.upper || a.lower - b.lower);
  const placed: { readonly span: Span; readonly lane: number }[] = [];
  for (const group of [toTheRight, toTheLeft]) {
    let lowest = 0;
    for (const span of group) {
      let lane = lowest;
      while (placed.some((other) => other.lane === lane && overlap(other.span, span))) lane += 1;
      placed.push({ span, lane });
      const next = group[group.indexOf(span) + 1];
      lowest = next && overlap(next, span) ? lane + 1 : 0;
    }
  }
  return new Map(placed.map(({ span, lane }) => [span.id, lane]));
}

/** Lines at a smaller distance look like one line. */
const clearance = 8;

function overlap(a: Span, b: Span): boolean {
  const [aLow, aHigh] = [Math.min(a.upper, a.lower), Math.max(a.upper, a.lower)];
  const [bLow, bHigh] = [Math.min(b.upper, b.lower), Math.max(b.upper, b.lower)];
  return aLow - clearance < bHigh && bLow - clearance < aHigh;
}
