import { isWithoutProviders } from '../../terraform/providers-remedy.ts';
import { runTerraform, type TerraformOptions, type TerraformResult } from '../../terraform/run-terraform.ts';
import { EventReader, type TestEvents } from './events.ts';

/** Thrown if the tests of the plans cannot run. `npm run test:plans` then exits with code 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}

export interface Terraform {
  readonly env: NodeJS.ProcessEnv;
  /** Folder in which Terraform keeps downloaded providers. All stacks share the folder. */
  readonly cache: string;
  readonly signal: AbortSignal;
}

/** Terraform did not end in time. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
}

/** @throws CouldNotRun, Overdue */
async function run(
  { env, cache, signal }: Terraform,
  args: readonly string[],
  options: Pick<TerraformOptions, 'cwd' | 'deadlineMs' | 'onLine'>,
): Promise<TerraformResult> {
  const result = await runTerraform(args, {
    ...options,
    env: {
      ...env,
      TF_PLUGIN_CACHE_DIR: cache,
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
    },
    signal,
    graceMs: 2_000,
  });
  if (result.failure === 'interrupted')
    throw new CouldNotRun('The tests were interrupted. Run the command again.');
  if (result.failure === 'overdue') throw new Overdue(`terraform ${args[0]} did not end`);
  return result;
}

export async function initialize(
  terraform: Terraform,
  folder: string,
  deadlineMs: number,
): Promise<string | undefined> {
  const { failure, reason } = await run(terraform, ['init', '-backend=false', '-input=false', '-no-color'], {
    cwd: folder,
    deadlineMs,
  });
  if (failure === undefined) return undefined;
  if (!isWithoutProviders(reason)) return `terraform init failed. ${reason.replace(/\s+/g, ' ')}`;
  throw new CouldNotRun(`The providers cannot be installed.\n${reason}`);
}

/** Runs `terraform test`. `verbose` adds the plan to the events. */
export async function test(
  terraform: Terraform,
  folder: string,
  { deadlineMs, verbose }: { readonly deadlineMs: number; readonly verbose: boolean },
): Promise<TestEvents & { readonly exitCode: number | undefined }> {
  const reader = new EventReader();
  const args = ['test', '-json', ...(verbose ? ['-verbose'] : [])];
  const onLine = (line: string) => reader.read(line);
  const { exitCode, stderr } = await run(terraform, args, { cwd: folder, deadlineMs, onLine });
  const { events } = reader;
  const crash = stderr.trim() === '' ? [] : [stderr.trim().slice(0, 1500)];
  return { ...events, errors: [...events.errors, ...crash], exitCode };
}
