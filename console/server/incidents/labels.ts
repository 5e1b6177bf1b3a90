import type { Labels } from '../../alerting.ts';

/**
 * Whether `all` has every label of `some` with the same value. The alerts of Alertmanager also have external labels.
 */
export function includes(all: Labels, some: Labels): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === value);
}

/** Equal for equal labels, in any order. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function without(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}
