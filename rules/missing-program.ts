import type { Profile } from '../metrics/duration.ts';
import type { Expected } from '../sources/index.ts';
import type { RuleGroup } from './rule.ts';

/** The properties of a place that decide which rule groups the place has. */
export interface Place {
  readonly profile: Profile;
  readonly expected: Pick<Expected, 'thanos' | 'objectStore'>;
}

/**
 * Why a place has no program of a rule group, and therefore none of its rules.
 * @returns the end of a sentence that starts with "the alert"; undefined if the place has the programs
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
