import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { execa } from 'execa';
import { requireTerraform } from '../terraform/require-terraform.ts';
import { runTerraform } from '../terraform/run-terraform.ts';
import { lockSuffix } from './copy-locks.mjs';

const root = join(import.meta.dirname, '..');
const defaultPlatforms = ['linux_amd64', 'linux_arm64', 'darwin_arm64'];

/** Timeout in milliseconds. Terraform downloads about 60 MB per platform for azurerm alone. */
const lockTimeout = 900_000;

interface Options {
  readonly platform: readonly string[];
  readonly fsMirror?: string;
  readonly netMirror?: string;
}

const program = new Command('npm run lock:providers --')
  .description(
    'Writes the checksums of the provider packages of every stack to locks/. npm run synth copies them next to the stacks, and Terraform then refuses any other package. Needs Terraform and the registry, or a mirror. Exit codes: 0 the files are written, 1 the command line is wrong, 2 the checksums cannot be read.',
  )
  .addOption(
    new Option('--platform <name...>', 'platforms of the packages')
      .argParser(platform)
      .default(defaultPlatforms, defaultPlatforms.join(', ')),
  )
  .option('--fs-mirror <folder>', 'reads the packages from a folder, and not from the registry')
  .option('--net-mirror <url>', 'reads the packages from a network mirror, and not from the registry')
  .option('--locks <folder>', 'writes the files to this folder', 'locks')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const { locks, ...options } = program.opts<Options & { readonly locks: string }>();

function platform(name: string, before: readonly string[]): readonly string[] {
  if (!/^[a-z]+_[a-z0-9]+$/.test(name)) {
    throw new InvalidArgumentError('Expected an operating system and an architecture, such as linux_amd64.');
  }
  return before === defaultPlatforms ? [name] : [...before, name];
}

/** Groups the stacks by their providers. The stacks of a group have the same lock file. */
function groups(stacks: string): readonly (readonly string[])[] {
  const byProviders = new Map<string, string[]>();
  for (const stack of readdirSync(stacks).sort()) {
    const { terraform } = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
    const providers = JSON.stringify(terraform.required_providers);
    byProviders.set(providers, [...(byProviders.get(providers) ?? []), stack]);
  }
  return [...byProviders.values()];
}

async function writeLocks(outdir: string): Promise<void> {
  await requireTerraform();
  // Runs main.ts directly, because `synth.mjs` refuses old lock files.
  await execa(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    env: { CDKTF_OUTDIR: outdir },
    stdio: 'inherit',
  });
  mkdirSync(locks, { recursive: true });
  const stacks = join(outdir, 'stacks');
  for (const group of groups(stacks)) {
    const [first = ''] = group;
    await lock(join(stacks, first));
    for (const stack of group) {
      copyFileSync(join(stacks, first, '.terraform.lock.hcl'), join(locks, `${stack}${lockSuffix}`));
    }
    console.log(`${group.join(', ')}: written to ${relative(process.cwd(), locks) || '.'}`);
  }
}

/** Writes the lock file of a synthesized stack. @throws Error if a package cannot be obtained */
async function lock(folder: string): Promise<void> {
  const { platform: platforms, fsMirror, netMirror } = options;
  const args = [
    ...platforms.map((name) => `-platform=${name}`),
    ...(fsMirror ? [`-fs-mirror=${fsMirror}`] : []),
    ...(netMirror ? [`-net-mirror=${netMirror}`] : []),
  ];
  const { failure, reason } = await runTerraform(['providers', 'lock', ...args], {
    cwd: folder,
    env: { TF_CLI_ARGS: '-no-color' },
    deadlineMs: lockTimeout,
  });
  if (failure === undefined) return;
  throw new Error(
    `The checksums of the providers cannot be read.\n${reason}\n\`terraform providers lock\` reads registry.terraform.io, even if the CLI configuration of Terraform names a mirror. If the registry is not available, run this command again with --fs-mirror or --net-mirror. The mirror must have the packages of ${platforms.join(', ')}.`,
  );
}

const outdir = mkdtempSync(join(tmpdir(), 'locks-'));
try {
  await writeLocks(outdir);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  rmSync(outdir, { recursive: true });
}
