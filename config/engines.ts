import type { Environment } from './environment.ts';

type Central = Pick<Environment['central'], 'engine'> & { readonly alsoWriteTo?: 'prometheus' | 'thanos' };

export function runsThanos({ engine, alsoWriteTo }: Central): boolean {
  return engine === 'thanos' || alsoWriteTo === 'thanos';
}

/** Whether the central Prometheus receives samples of edges. Also true during a move to or from Thanos. */
export function receivesInPrometheus({ engine, alsoWriteTo }: Central): boolean {
  return engine !== 'thanos' || alsoWriteTo === 'prometheus';
}

export function hasObjectStore({ platform }: Pick<Environment, 'platform'>): boolean {
  return 'objectStorage' in platform;
}

/** Returns the settings of Thanos in the environment. The result is empty if the environment sets none. */
export function thanosSettings({ central }: Pick<Environment, 'central'>) {
  return central.engine === 'azure-monitor' ? {} : (central.thanos ?? {});
}
