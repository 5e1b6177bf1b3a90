import type { Environment } from './environment.ts';

/** A mistake in an environment's values. */
export interface Problem {
  /** Path of the setting, with dots: `platform.network.nodes`. */
  readonly setting: string;
  /** Text with the actual value, the expected value and the remedy. */
  readonly message: string;
}

/** A check that reads more than one field of an environment. */
export interface Rule<E extends Environment = Environment> {
  /**
   * Settings that the rule reads; `*` matches any index. The rule does not run if a check of a single field already
   * rejects one of these settings.
   */
  readonly reads: readonly string[];
  problems(environment: E): readonly Problem[];
}

export const problem = (setting: string, message: string): Problem => ({ setting, message });

/** Each name that occurs more than once in the list, without repetition. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
