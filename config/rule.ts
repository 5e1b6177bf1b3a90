import type { Environment } from './environment.ts';

/** A mistake in an environment. */
export interface Problem {
  /** Path of the setting, such as `platform.network.nodes`. */
  readonly setting: string;
  /** Message with the actual value, the expected value and the remedy. */
  readonly message: string;
}

/** A check of several fields of an environment. */
export interface Rule<E extends Environment = Environment> {
  /**
   * Settings that the rule reads. `*` matches any index. The rule does not run if the schema rejects one of these
   * settings.
   */
  readonly reads: readonly string[];
  problems(environment: E): readonly Problem[];
}

export const problem = (setting: string, message: string): Problem => ({ setting, message });

/** Each name that occurs more than once. The result contains no name twice. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
