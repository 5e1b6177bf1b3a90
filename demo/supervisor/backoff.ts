/**
 * Milliseconds before a restart.
 * @param restarts number of earlier restarts. The delay is 250 ms at first and doubles each time, up to 10 s.
 */
export function restartDelay(restarts: number): number {
  return Math.min(250 * 2 ** restarts, 10_000);
}

/**
 * Milliseconds for which a component must be healthy. After this time, the next restart has the shortest delay again.
 */
export const healthyAfterMs = 30_000;
