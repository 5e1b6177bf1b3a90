import type { Environment } from './environment.ts';

type Central = Pick<Environment['central'], 'engine'> & { readonly alsoWriteTo?: 'prometheus' | 'thanos' };

/** Whether Thanos runs: as the engine, or as the other engine of a move. */
export function runsThanos({ engine, alsoWriteTo }: Central): boolean {
  return engine === 'thanos' || alsoWriteTo === 'thanos';
}

/**
 * Whether the central Prometheus receives samples of edges and evaluates the rules. With the engine `thanos`, it does so
 * only during a move.
 */
export function receivesInPrometheus({ engine, alsoWriteTo }: Central): boolean {
  return engine !== 'thanos' || alsoWriteTo === 'prometheus';
}
