/** A period with a constant value. Times are Unix times in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Combines equal successive values into periods. A time without a value ends a period. */
export function stretches(
  times: readonly number[],
  values: readonly (number | null)[],
  step: number,
): readonly Stretch[] {
  const found: { from: number; to: number; value: number }[] = [];
  let open: { from: number; to: number; value: number } | undefined;
  for (const [index, value] of values.entries()) {
    const time = times[index] as number;
    if (value === null) {
      open = undefined;
      continue;
    }
    const until = times[index + 1] ?? time + step;
    if (open?.value === value) open.to = until;
    else {
      open = { from: time, to: until, value };
      found.push(open);
    }
  }
  return found;
}
