import { join } from 'node:path';
import type { Stack } from '../../synthesis/stack.ts';
import { synthesize } from '../../synthesis/synthesize.ts';
import { type BaseOptions, stacksOf } from './base.ts';
import { type ChangedStack, changedStacks, environmentsToPlan } from './changed.ts';

export interface Changes {
  readonly changed: readonly ChangedStack[];
  /** The changed environments that a CI runner can plan: each still exists and has a remote state. */
  readonly environments: readonly string[];
  readonly stacks: readonly Stack[];
}

/** @throws CouldNotRun if Git or npm fails; SynthesisError */
export async function changesSince({ project, base, signal, report }: BaseOptions): Promise<Changes> {
  const before = await stacksOf({ project, base, signal, report });
  report('Synthesizing the stacks of this folder …');
  const stacks = await synthesize(project, join(project, 'cdktf.out'), signal);
  const changed = changedStacks(before, stacks);
  return { changed, environments: environmentsToPlan(changed, stacks), stacks };
}
