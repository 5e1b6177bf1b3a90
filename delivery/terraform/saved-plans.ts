import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Plan, parsePlan } from '../../review/plan/read-plan.ts';
import type { Stack } from '../../synthesis/stack.ts';
import type { Terraform } from './terraform.ts';

export interface PlanOptions {
  /**
   * Whether the plans are applied. If not, a plan holds no lock of its state, needs no right to write the state, and
   * needs no secret (`Stack.secrets`).
   */
  readonly isApplied: boolean;
  readonly onProgress: (sentence: string) => void;
}

/** The plans of the stacks of an environment. */
export interface SavedPlans {
  /** In the order of the stacks. */
  readonly plans: readonly Plan[];
  /** Path of the binary plan of each stack. */
  readonly files: ReadonlyMap<string, string>;
}

/** Longest wait of a plan for the lock of its state while another operation holds the lock. */
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
  { isApplied, onProgress }: PlanOptions,
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
      await terraform.run(
        stack,
        'plan',
        ['-input=false', ...(isApplied ? [`-lock-timeout=${lockTimeout}`] : ['-lock=false']), `-out=${file}`],
        isApplied ? {} : withoutSecrets(stack),
      );
      const json = await terraform.run(stack, 'show', ['-json', file]);
      plans.push(parsePlan(json, { stack: stack.name, path: `the plan of ${stack.name}` }));
      files.set(stack.name, file);
    }
    return await use({ plans, files });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Values of the secret variables for a plan that nobody applies. A secret variable that is set in the environment of
 * this process keeps its value.
 */
function withoutSecrets({ secrets }: Stack): Readonly<Record<string, string>> {
  const names = secrets.map((name) => `TF_VAR_${name}`).filter((name) => process.env[name] === undefined);
  return Object.fromEntries(names.map((name) => [name, 'not-known-to-this-plan']));
}
