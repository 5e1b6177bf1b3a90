/** Times are in seconds after the start of the schedule. */
export interface PlannedFault {
  readonly fault: string;
  readonly startsAfter: number;
}

export interface PlanOptions {
  readonly every: number;
  readonly length: number;
  readonly seed: number;
}

/** Equal arguments give an equal plan. In each round, every fault occurs once. */
export function planOf(
  faults: readonly string[],
  { every, length, seed }: PlanOptions,
): readonly PlannedFault[] {
  const random = randomOf(seed);
  const steps = faults.length === 0 ? 0 : Math.floor(length / every);
  let round: string[] = [];
  return Array.from({ length: steps }, (_, index) => {
    if (round.length === 0) round = shuffled(faults, random);
    return { fault: round.shift() as string, startsAfter: index * every };
  });
}

/** The Fisher–Yates algorithm. */
function shuffled(items: readonly string[], random: () => number): string[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as string, result[last] as string];
  }
  return result;
}

/** Random numbers in [0, 1) by the algorithm mulberry32. Equal seeds give equal numbers. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
