import type { Environment } from './environment.ts';

/** A mistake in an environment's values. */
export interface Problem {
  /** Setting, with dots: `platform.network.nodes`. */
  readonly setting: string;
  /** What came, what was expected, and the remedy. */
  readonly message: string;
}

/** What no field can say alone. */
export interface Rule<E extends Environment = Environment> {
  /** Settings it relies on, `*` for any index; it is skipped while the fields' own checks complain about one of them. */
  readonly reads: readonly string[];
  problems(environment: E): readonly Problem[];
}

export const problem = (setting: string, message: string): Problem => ({ setting, message });

/** Each name that occurs more than once, once. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
