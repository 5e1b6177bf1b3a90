import type { Profile } from '../metrics/duration.ts';
import type { Expected } from '../sources/index.ts';
import type { RuleGroup } from './rule.ts';

/** The properties of a place that decide which rule groups run there. A place is an environment or the laptop. */
export interface Place {
  readonly profile: Profile;
  readonly expected: Pick<Expected, 'thanos' | 'objectStore'>;
}

/**
 * Why the programs of a rule group do not run in a place. Without these programs, the rules do not run.
 * @returns the end of a sentence that starts with "the alert"; undefined if the programs run
 */
export function missingProgram(
  { only, engine, needs }: Pick<RuleGroup, 'only' | 'engine' | 'needs'>,
  { profile, expected }: Place,
): string | undefined {
  if (only && only !== profile) return `runs only ${only === 'laptop' ? 'on the laptop' : 'in a cluster'}`;
  if (engine === 'thanos' && !expected.thanos) return 'runs only where Thanos runs';
  if (needs && !expected.objectStore) return 'runs only with an object store';
  return undefined;
}
