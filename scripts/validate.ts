import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { pluginCache } from '../terraform/plugin-cache.ts';
import { requireTerraform } from '../terraform/require-terraform.ts';
import { runTerraform, type TerraformResult } from '../terraform/run-terraform.ts';

const command = new Command('npm run validate --')
  .description('Checks the synthesized stacks with Terraform against the schemas of their providers.')
  .argument('[stacks...]', 'only these stacks; without a name, all')
  .showHelpAfterError()
  .parse();

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'cdktf.out');
const cache = pluginCache(outdir);

/** Timeouts in milliseconds. The first `init` downloads the large provider azurerm. */
const limits = { init: 600_000, validate: 120_000 };

function terraform(
  stack: string,
  command: keyof typeof limits,
  args: readonly string[],
): Promise<TerraformResult> {
  return runTerraform([command, '-no-color', ...args], {
    cwd: join(outdir, 'stacks', stack),
    env: { TF_PLUGIN_CACHE_DIR: cache },
    deadlineMs: limits[command],
  });
}

/**
 * Returns the error of `terraform validate`, or undefined for a valid stack.
 * @throws Error if `init` fails
 */
async function problemOf(stack: string): Promise<string | undefined> {
  const initialized = await terraform(stack, 'init', ['-backend=false', '-input=false']);
  if (initialized.failure) {
    throw new Error(
      `${stack} could NOT be checked: its providers cannot be installed.\n${initialized.reason}\n` +
        'Check the connection to registry.terraform.io, or to your mirror in ~/.terraformrc (provider_installation).',
    );
  }
  const validated = await terraform(stack, 'validate', []);
  return validated.failure && `is not valid.\n${validated.reason}`;
}

async function main(wanted: readonly string[]): Promise<void> {
  await requireTerraform();
  await execa(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    env: { CDKTF_OUTDIR: outdir },
    stdio: 'inherit',
  });
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
