import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Plan, parsePlan } from '../../review/plan/read-plan.ts';
import type { Stack } from '../stacks/stack.ts';
import type { Terraform } from './terraform.ts';

export interface PlanOptions {
  /**
   * Whether the plan holds the lock of the state. A plan that nobody applies needs no lock, and therefore no right to
   * write to the storage of the states.
   */
  readonly lock: boolean;
  readonly onProgress: (sentence: string) => void;
}

/** The plans of the stacks of an environment. */
export interface SavedPlans {
  /** In the order of the stacks. */
  readonly plans: readonly Plan[];
  /** Path of the binary plan of each stack. */
  readonly files: ReadonlyMap<string, string>;
}

/** How long a plan waits for the lock of another operation. */
const lockTimeout = '10m';

/**
 * Plans stacks, and deletes the plans when `use` ends. A binary plan contains secrets as plain text. Therefore only this
 * user can read the file, and the JSON of a plan is never written to a file.
 * @throws CouldNotRun if a stack cannot be planned
 * @throws PlanError if a plan contains a secret in an unexpected place, or is not readable
 */
export async function withSavedPlans<T>(
  stacks: readonly Stack[],
  terraform: Terraform,
  { lock, onProgress }: PlanOptions,
  use: (saved: SavedPlans) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'plans-'));
  try {
    const plans: Plan[] = [];
    const files = new Map<string, string>();
    for (const stack of stacks) {
      onProgress(`${stack.name}: plans`);
      const file = join(folder, stack.name);
      await terraform.run(stack, 'init', ['-input=false']);
      await terraform.run(stack, 'plan', [
        '-input=false',
        ...(lock ? [`-lock-timeout=${lockTimeout}`] : ['-lock=false']),
        `-out=${file}`,
      ]);
      const json = await terraform.run(stack, 'show', ['-json', file]);
      plans.push(parsePlan(json, { stack: stack.name, path: `the plan of ${stack.name}` }));
      files.set(stack.name, file);
    }
    return await use({ plans, files });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
