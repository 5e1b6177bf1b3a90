import type { Labels } from '../../alerting.ts';

/**
 * Whether `all` contains every label of `some` with the same value. `all` can contain more labels: the alerts of
 * Alertmanager also have the external labels.
 */
export function includes(all: Labels, some: Labels): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === value);
}

/** A text that is the same for equal labels, whatever their order. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function without(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}
