import { type ChartValues, isObject } from '../../config/extra-values.ts';

/** A value that the platform and the environment set differently. */
export interface Contradiction {
  /** Path of the value: the keys from the root of the chart values. */
  readonly path: readonly string[];
  /** The value of the platform. */
  readonly own: unknown;
  /** The value of the environment. */
  readonly extra: unknown;
}

/**
 * Merges the chart values of an environment into those of the platform. Objects are merged key by key. As in Helm, a
 * list is not merged, therefore an environment cannot extend a list of the platform.
 */
export function mergeValues<T extends object>(own: T, extra: ChartValues): T & ChartValues {
  return merged(own, extra) as T & ChartValues;
}

/** All values that the platform and the environment set differently. */
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

/** Whether a key has a value. `undefined` is not a value, because Helm does not receive it. */
function has(values: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(values, key) && values[key] !== undefined;
}
