import { mkdirSync } from 'node:fs';
import semver from 'semver';
import { terraformVersion } from '../../config/terraform.ts';
import { commandNotFound, runChild } from '../../toolchain/child.ts';
import { EventReader, type TestEvents } from './events.ts';

/** The tests cannot run. The command exits with code 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}

/** Errors of `terraform init` about the source of the providers. The stack is not their cause. */
const noProviders =
  /Failed to query available provider packages|Failed to install provider|Failed to resolve provider packages|Could not retrieve the list of available versions/;

export interface Terraform {
  readonly env: NodeJS.ProcessEnv;
  /** Folder in which Terraform keeps downloaded providers. All stacks share the folder. */
  readonly cache: string;
  readonly signal: AbortSignal;
}

interface Output {
  readonly exitCode: number | undefined;
  readonly text: string;
}

async function run(
  { env, cache, signal }: Terraform,
  args: readonly string[],
  options: { readonly cwd?: string; readonly deadlineMs: number; readonly onLine?: (line: string) => void },
): Promise<Output> {
  const lines: string[] = [];
  const keep = (line: string) => lines.push(line);
  const { exitCode, outcome } = await runChild('terraform', args, {
    env: {
      ...env,
      TF_PLUGIN_CACHE_DIR: cache,
      // The folder of a test has no lock file. Without this variable, Terraform would download each provider again.
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
    },
    ...(options.cwd && { cwd: options.cwd }),
    signal,
    deadlineMs: options.deadlineMs,
    onOutput: options.onLine ?? keep,
    onError: keep,
  });
  if (outcome === 'aborted') throw new CouldNotRun('The tests were interrupted. Run the command again.');
  if (outcome === 'overdue') throw new Overdue(`terraform ${args[0]} did not end`);
  return { exitCode, text: lines.join('\n').trim() };
}

/** Terraform did not end in time. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
}

/** @throws CouldNotRun if there is no Terraform, or if it is too old */
export async function requireTerraform(terraform: Terraform): Promise<string> {
  const remedy =
    'Install a version from https://developer.hashicorp.com/terraform/install, and add it to the PATH.';
  const { exitCode, text } = await run(terraform, ['version', '-json'], { deadlineMs: 30_000 });
  if (exitCode === commandNotFound) {
    throw new CouldNotRun(`terraform is not on the PATH, expected ${terraformVersion}. ${remedy}`);
  }
  const version = semver.coerce(/"terraform_version": *"([^"]+)"/.exec(text)?.[1]);
  if (exitCode !== 0 || !version) {
    throw new CouldNotRun(`terraform version failed: ${text.slice(0, 300)}. ${remedy}`);
  }
  if (!semver.satisfies(version, terraformVersion)) {
    throw new CouldNotRun(`terraform has the version ${version}, expected ${terraformVersion}. ${remedy}`);
  }
  mkdirSync(terraform.cache, { recursive: true });
  return version.version;
}

/**
 * Installs the providers of a stack.
 * @returns the error of the stack; undefined if the stack is ready for the test
 * @throws CouldNotRun if the providers cannot be installed
 */
export async function initialize(
  terraform: Terraform,
  folder: string,
  deadlineMs: number,
): Promise<string | undefined> {
  const { exitCode, text } = await run(terraform, ['init', '-backend=false', '-input=false', '-no-color'], {
    cwd: folder,
    deadlineMs,
  });
  if (exitCode === 0) return undefined;
  const reason = text.slice(Math.max(0, text.indexOf('Error:'))).slice(0, 1500);
  if (!noProviders.test(text)) return `terraform init failed. ${reason.replace(/\s+/g, ' ')}`;
  throw new CouldNotRun(
    `The providers cannot be installed.\n${reason}\n\nTerraform downloads the providers from registry.terraform.io, or from the mirror that provider_installation in its CLI configuration names. Give this machine access to the registry, or set TF_CLI_CONFIG_FILE to a configuration with a mirror that has the versions in config/terraform.ts.`,
  );
}

/** Runs the test of a stack. `verbose` adds the plan to the events. */
export async function test(
  terraform: Terraform,
  folder: string,
  { deadlineMs, verbose }: { readonly deadlineMs: number; readonly verbose: boolean },
): Promise<TestEvents & { readonly exitCode: number | undefined }> {
  const reader = new EventReader();
  const args = ['test', '-json', ...(verbose ? ['-verbose'] : [])];
  const onLine = (line: string) => reader.read(line);
  const { exitCode, text } = await run(terraform, args, { cwd: folder, deadlineMs, onLine });
  const { events } = reader;
  const crash = text === '' ? [] : [text.slice(0, 1500)];
  return { ...events, errors: [...events.errors, ...crash], exitCode };
}
