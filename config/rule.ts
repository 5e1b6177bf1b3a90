import type { Environment } from './environment.ts';

/** A mistake in an environment's values. */
export interface Problem {
  /** Setting, with dots: `platform.network.nodes`. */
  readonly setting: string;
  /** Actual value, expected value, and remedy. */
  readonly message: string;
}

/** A check that needs more than one field. */
export interface Rule<E extends Environment = Environment> {
  /**
   * Settings that the rule reads; `*` matches any index. The rule is skipped if the check of one of these fields fails.
   */
  readonly reads: readonly string[];
  problems(environment: E): readonly Problem[];
}

export const problem = (setting: string, message: string): Problem => ({ setting, message });

/** Each name that occurs more than once; the result has no duplicates. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
