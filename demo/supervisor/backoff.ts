/**
 * Milliseconds before a restart. The delay is 250 ms at first, and doubles with each restart up to 10 s.
 * @param restarts number of earlier restarts
 */
export function restartDelay(restarts: number): number {
  return Math.min(250 * 2 ** restarts, 10_000);
}

/** Milliseconds for which a component must be healthy. Then its next restart has the shortest delay again. */
export const healthyAfterMs = 30_000;
