import { type ChartValues, isObject } from '../../config/extra-values.ts';

/** A value that platform and environment set differently. */
export interface Contradiction {
  /** The keys from the root of the chart values. */
  readonly path: readonly string[];
  /** Value of the platform. */
  readonly own: unknown;
  /** Value of the environment. */
  readonly extra: unknown;
}

/**
 * Merges chart values of an environment into chart values of the platform, key by key. Lists are not merged, like in
 * Helm: an environment cannot extend a list of the platform.
 */
export function mergeValues<T extends object>(own: T, extra: ChartValues): T & ChartValues {
  return merged(own, extra) as T & ChartValues;
}

export function contradictions(own: unknown, extra: unknown, path: readonly string[] = []): Contradiction[] {
  if (isObject(own) && isObject(extra)) {
    return Object.entries(extra).flatMap(([key, value]) =>
      has(own, key) ? contradictions(own[key], value, [...path, key]) : [],
    );
  }
  return JSON.stringify(own) === JSON.stringify(extra) ? [] : [{ path, own, extra }];
}

function merged(own: unknown, extra: unknown): unknown {
  if (!isObject(own) || !isObject(extra)) return extra;
  const added = Object.entries(extra).map(([key, value]) => [
    key,
    has(own, key) ? merged(own[key], value) : value,
  ]);
  return { ...own, ...Object.fromEntries(added) };
}

/** `undefined` does not count, because Helm does not receive it. */
function has(values: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(values, key) && values[key] !== undefined;
}
