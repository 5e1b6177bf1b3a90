/** Milliseconds before restart number `restarts + 1`: 250 ms doubled each time, 10 s at the most. */
export function restartDelay(restarts: number): number {
  return Math.min(250 * 2 ** restarts, 10_000);
}

/** A component that has been healthy for this long starts over with the shortest delay. */
export const healthyAfterMs = 30_000;
