import type { Environment } from './environment.ts';

/** A mistake in the values of an environment. */
export interface Problem {
  /** Path of the setting, such as `platform.network.nodes`. */
  readonly setting: string;
  /** Message with the actual value, the expected value and the remedy. */
  readonly message: string;
}

/** A check of several fields of an environment. */
export interface Rule<E extends Environment = Environment> {
  /**
   * Settings that the rule reads. `*` matches any index. If the schema already rejects one of these settings, the rule
   * does not run.
   */
  readonly reads: readonly string[];
  problems(environment: E): readonly Problem[];
}

export const problem = (setting: string, message: string): Problem => ({ setting, message });

/** Names that occur more than once. The result contains each of them once. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
