import { type ChartValues, isObject } from '../../config/extra-values.ts';

export interface Contradiction {
  readonly path: readonly string[];
  readonly own: unknown;
  readonly extra: unknown;
}

/** Merges chart values of an environment into platform values. As in Helm, a list replaces a list. */
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

/** Helm receives no key with the value `undefined`. */
function has(values: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(values, key) && values[key] !== undefined;
}
