/** All numbers are x coordinates. */
export interface Span {
  readonly id: string;
  readonly upper: number;
  readonly lower: number;
}

/** Returns lanes by span id. Overlapping spans get different lanes. Lane 0 is at the top. */
export function lanesOf(spans: readonly Span[]): ReadonlyMap<string, number> {
  // The order of the lanes reduces crossings of lines.
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

const clearance = 8;

function overlap(a: Span, b: Span): boolean {
  const [aLow, aHigh] = [Math.min(a.upper, a.lower), Math.max(a.upper, a.lower)];
  const [bLow, bHigh] = [Math.min(b.upper, b.lower), Math.max(b.upper, b.lower)];
  return aLow - clearance < bHigh && bLow - clearance < aHigh;
}
