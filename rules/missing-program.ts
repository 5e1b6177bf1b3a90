import type { Profile } from '../metrics/duration.ts';
import type { Expected } from '../sources/index.ts';
import type { RuleGroup } from './rule.ts';

/** A place where rules run: an environment or the laptop. */
export interface Place {
  readonly profile: Profile;
  readonly expected: Pick<Expected, 'thanos' | 'objectStore' | 'rulersNotify'>;
}

interface Part {
  /** Completes the sentence "The group runs only …". */
  readonly condition: string;
  readonly exists: (expected: Place['expected']) => boolean;
}

export const parts: Readonly<Record<NonNullable<RuleGroup['needs']>, Part>> = {
  'object-store': {
    condition: 'with an object store',
    exists: ({ objectStore }) => objectStore,
  },
  'ruler-notifications': {
    condition: 'while the rulers of Thanos send the alerts',
    exists: ({ rulersNotify }) => rulersNotify,
  },
};

/** Returns the reason why a rule group does not run, or undefined if the group runs. */
export function missingProgram(
  { only, engine, needs }: Pick<RuleGroup, 'only' | 'engine' | 'needs'>,
  { profile, expected }: Place,
): string | undefined {
  if (only && only !== profile) return `runs only ${only === 'laptop' ? 'on the laptop' : 'in a cluster'}`;
  if (engine === 'thanos' && !expected.thanos) return 'runs only where Thanos runs';
  if (needs && !parts[needs].exists(expected)) return `runs only ${parts[needs].condition}`;
  return undefined;
}
