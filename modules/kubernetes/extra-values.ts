import { type ChartValues, isObject } from '../../config/extra-values.ts';

/** A key that the platform and the environment set to different values. */
export interface Contradiction {
  /** Path of the key: a list of keys that starts at the root of the values. */
  readonly path: readonly string[];
  /** The value that the platform sets. */
  readonly own: unknown;
  /** The value that the environment sets. */
  readonly extra: unknown;
}

/**
 * Merges the chart values of an environment into the chart values of the platform. Objects are merged key by key. A
 * list replaces a list, as in Helm. Therefore an environment cannot extend a list of the platform.
 */
export function mergeValues<T extends object>(own: T, extra: ChartValues): T & ChartValues {
  return merged(own, extra) as T & ChartValues;
}

/** Every key that the platform and the environment set to different values. */
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

/** Whether a key has a value. A key with the value `undefined` is not set, because Helm does not receive it. */
function has(values: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(values, key) && values[key] !== undefined;
}
