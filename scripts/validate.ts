import { mkdirSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { type ExecaError, execa } from 'execa';
import * as z from 'zod';
import { readSettings } from '../settings/read-settings.ts';

/**
 * `npm run validate -- [stack …]`: synthesizes the stacks, and checks each stack with `terraform validate` against the
 * schemas of its providers. The exit code is 0 only if all stacks were checked and are valid.
 */

const command = new Command('npm run validate --')
  .description('Checks the synthesized stacks with Terraform against the schemas of their providers.')
  .argument('[stacks...]', 'only these')
  .showHelpAfterError()
  .parse();

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'cdktf.out');
const { TF_PLUGIN_CACHE_DIR: cache } = readSettings(
  {
    TF_PLUGIN_CACHE_DIR: {
      schema: z.string().default(join(outdir, 'plugins')),
      expected: 'the path of a folder',
      remedy: 'Set it to the path of a folder, or unset it to use a folder in cdktf.out',
    },
  },
  process.env,
);

/** Timeouts in milliseconds. The first `init` downloads azurerm. */
const limits = { init: 600_000, validate: 120_000 };

async function terraform(
  stack: string,
  command: keyof typeof limits,
  args: readonly string[],
): Promise<void> {
  await execa('terraform', [command, '-no-color', ...args], {
    cwd: join(outdir, 'stacks', stack),
    env: { TF_PLUGIN_CACHE_DIR: cache, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' },
    timeout: limits[command],
    all: true,
  });
}

/**
 * Validates a stack.
 * @returns the output of Terraform from its first error; undefined if the stack is valid
 * @throws Error if the stack could not be checked
 */
async function problemOf(stack: string): Promise<string | undefined> {
  try {
    await terraform(stack, 'init', ['-backend=false', '-input=false']);
  } catch (error) {
    throw new Error(
      `${stack} could NOT be checked: its providers cannot be installed.\n${reasonOf(error)}\n` +
        'Terraform downloads providers from registry.terraform.io, or from the mirror that provider_installation in ~/.terraformrc names.',
    );
  }
  try {
    await terraform(stack, 'validate', []);
    return undefined;
  } catch (error) {
    return `is not valid.\n${reasonOf(error)}`;
  }
}

/** The output from its first error, at most 1,500 characters. */
function reasonOf(error: unknown): string {
  const { all, shortMessage } = error as ExecaError<{ all: true }>;
  const text = all || shortMessage;
  return text
    .slice(Math.max(0, text.indexOf('Error:')))
    .trim()
    .slice(0, 1500);
}

async function main(wanted: readonly string[]): Promise<void> {
  await execa('terraform', ['version'], { timeout: 30_000 }).catch(() => {
    throw new Error(
      'terraform is not on the PATH. Install version 1.11 or newer (https://developer.hashicorp.com/terraform/install)',
    );
  });
  await execa(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    env: { CDKTF_OUTDIR: outdir },
    stdio: 'inherit',
  });
  mkdirSync(cache, { recursive: true });
  const known = readdirSync(join(outdir, 'stacks')).sort();
  const unknown = wanted.filter((stack) => !known.includes(stack));
  if (unknown.length > 0)
    throw new Error(`There is no stack ${unknown.join(', ')}. Choose from these stacks: ${known.join(', ')}`);

  const stacks = wanted.length > 0 ? wanted : known;
  const failed: string[] = [];
  for (const stack of stacks) {
    const problem = await problemOf(stack);
    console.log(`${stack}: ${problem ?? 'valid'}`);
    if (problem) failed.push(stack);
  }
  console.log(
    failed.length === 0
      ? `All ${stacks.length} stacks in ${relative(root, outdir)} are valid.`
      : `${failed.length} of ${stacks.length} stacks failed: ${failed.join(', ')}`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

try {
  await main(command.args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
