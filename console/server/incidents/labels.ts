import type { Labels } from '../../alerting.ts';

/**
 * Whether `all` has every label in `some` with the same value. `all` can have more labels, because Alertmanager's
 * alerts also have the external labels.
 */
export function includes(all: Labels, some: Labels): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === value);
}

/** A text that is equal for equal labels, in any order. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A copy of the labels without the given names. */
export function without(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}
