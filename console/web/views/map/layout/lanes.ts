/** A horizontal piece of a line, in the space between two rows. */
export interface Span {
  readonly id: string;
  /** Horizontal position at which the line comes from above. */
  readonly upper: number;
  /** Horizontal position at which the line continues downwards. */
  readonly lower: number;
}

/**
 * A span is the horizontal piece of a line between two rows of components. This function gives each span a lane: a
 * horizontal track. Lane 0 is at the top, and lane 1 is below lane 0. Overlapping spans have different lanes.
 *
 * Each line comes down at the position `upper`, follows its lane, and continues down at the position `lower`. The lines
 * of overlapping spans should not cross. Example: two lines go to the right. The line that starts further left gets the
 * lower lane, because in the upper lane it would cross the line that starts further right. For two lines to the left,
 * the line that starts further right gets the lower lane.
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

/** In units of the picture. Lines closer than this look like one line. */
const clearance = 8;

function overlap(a: Span, b: Span): boolean {
  const [aLow, aHigh] = [Math.min(a.upper, a.lower), Math.max(a.upper, a.lower)];
  const [bLow, bHigh] = [Math.min(b.upper, b.lower), Math.max(b.upper, b.lower)];
  return aLow - clearance < bHigh && bLow - clearance < aHigh;
}
