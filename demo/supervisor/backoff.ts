/**
 * Milliseconds before a restart.
 * @param restarts number of earlier restarts
 */
export function restartDelay(restarts: number): number {
  return Math.min(250 * 2 ** restarts, 10_000);
}

/** Milliseconds. After a program was healthy for this time, its next restart has the shortest delay. */
export const healthyAfterMs = 30_000;
