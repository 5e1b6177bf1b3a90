import { isDeepStrictEqual } from 'node:util';
import type { Stack } from '../../synthesis/stack.ts';

export interface ChangedStack {
  readonly stack: string;
  readonly environment: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly hasLocalState: boolean;
}

/** The stacks whose Terraform JSON differs between two versions of the project. */
export function changedStacks(base: readonly Stack[], head: readonly Stack[]): readonly ChangedStack[] {
  const before = new Map(base.map((stack) => [stack.name, stack]));
  const after = new Map(head.map((stack) => [stack.name, stack]));
  const all = new Map([...before, ...after]);
  return [...all.values()].flatMap(({ name, environment, hasLocalState }) => {
    const change = changeOf(before.get(name), after.get(name));
    return change === undefined ? [] : [{ stack: name, environment, change, hasLocalState }];
  });
}

function changeOf(before: Stack | undefined, after: Stack | undefined): ChangedStack['change'] | undefined {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return isDeepStrictEqual(before.content, after.content) ? undefined : 'changed';
}

/** A runner cannot plan a deleted environment or an environment with a local state. */
export function environmentsToPlan(
  changed: readonly ChangedStack[],
  head: readonly Stack[],
): readonly string[] {
  const remaining = new Set(head.filter((stack) => !stack.hasLocalState).map((stack) => stack.environment));
  return [...new Set(changed.map(({ environment }) => environment))].filter((name) => remaining.has(name));
}
