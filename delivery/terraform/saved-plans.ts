import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Plan, parsePlan } from '../../review/plan/read-plan.ts';
import type { Stack } from '../../synthesis/stack.ts';
import type { Terraform } from './terraform.ts';

export interface PlanOptions {
  /** If false, Terraform needs no lock of the state and no secrets of the stack. */
  readonly isApplied: boolean;
  readonly onProgress: (sentence: string) => void;
}

export interface SavedPlans {
  /** The plans have the same order as the stacks. */
  readonly plans: readonly Plan[];
  /** The keys are names of stacks. The values are paths of binary plans. */
  readonly files: ReadonlyMap<string, string>;
}

/** Terraform waits at most this long for the lock of a state. */
const lockTimeout = '10m';

/**
 * Plans can contain secrets. The callback `use` must call `reviewPlans`, which refuses such plans.
 * @throws CouldNotRun, PlanError
 */
export async function withSavedPlans<T>(
  stacks: readonly Stack[],
  terraform: Terraform,
  { isApplied, onProgress }: PlanOptions,
  use: (saved: SavedPlans) => Promise<T>,
): Promise<T> {
  // A binary plan contains secrets as plain text. Only the user of this process can read this folder.
  const folder = mkdtempSync(join(tmpdir(), 'plans-'));
  try {
    const plans: Plan[] = [];
    const files = new Map<string, string>();
    for (const stack of stacks) {
      onProgress(`${stack.name}: plans`);
      const file = join(folder, stack.name);
      await terraform.run(stack, 'init', ['-input=false']);
      await terraform.run(
        stack,
        'plan',
        ['-input=false', ...(isApplied ? [`-lock-timeout=${lockTimeout}`] : ['-lock=false']), `-out=${file}`],
        isApplied ? {} : withoutSecrets(stack),
      );
      // This JSON can contain secrets, and must not be written to a file.
      const json = await terraform.run(stack, 'show', ['-json', file]);
      plans.push(parsePlan(json, { stack: stack.name, path: `the plan of ${stack.name}` }));
      files.set(stack.name, file);
    }
    return await use({ plans, files });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Placeholders for secret variables. A variable with a value in `process.env` keeps its value. */
function withoutSecrets({ secrets }: Stack): Readonly<Record<string, string>> {
  const names = secrets.map((name) => `TF_VAR_${name}`).filter((name) => process.env[name] === undefined);
  return Object.fromEntries(names.map((name) => [name, 'not-known-to-this-plan']));
}
