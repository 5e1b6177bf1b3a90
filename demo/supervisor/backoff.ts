/** Milliseconds before restart number `restarts + 1`: 250 ms doubled each time, 10 s at the most. */
export function restartDelay(restarts: number): number {
  return Math.min(250 * 2 ** restarts, 10_000);
}

/** After this time of health, the delay of a component is reset to the shortest. */
export const healthyAfterMs = 30_000;
