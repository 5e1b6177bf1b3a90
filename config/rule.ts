import type { Environment } from './environment.ts';

/** A mistake in an environment. */
export interface Problem {
  /** Path of the setting, such as `platform.network.nodes`. */
  readonly setting: string;
  /** The message contains the actual value, the expected value and the remedy. */
  readonly message: string;
}

/** A check of an environment in addition to the checks of the schema. */
export interface Rule<E extends Environment = Environment> {
  /** Setting paths such as `edges.*.cluster`. The rule runs only if the schema accepts these settings. */
  readonly reads: readonly string[];
  problems(environment: E): readonly Problem[];
}

export const problem = (setting: string, message: string): Problem => ({ setting, message });

/** Names that occur more than once in the list. The result contains each of these names once. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
