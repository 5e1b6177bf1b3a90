import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { temporaryFolder } from '../review/temporary-folder.ts';

export type SmallStack = Readonly<Record<string, unknown>>;
/** Stacks by name, in the order of their deployment. */
export type SmallStacks = Readonly<Record<string, SmallStack>>;

export const remote = { terraform: { backend: { azurerm: { container_name: 'x' } } } };
export const local = { terraform: { backend: { local: { path: '../x.tfstate' } } } };

/** A script that synthesizes the stacks of `stacks.json`. */
const synthesis = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const stacks = JSON.parse(readFileSync('stacks.json', 'utf8'));
const manifest = { stacks: {} };
let before = [];
for (const [name, content] of Object.entries(stacks)) {
  if (content === 'broken') { console.error('dev.ts: retention is wrong'); process.exit(1); }
  const folder = join(process.env.CDKTF_OUTDIR, 'stacks', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(content));
  manifest.stacks[name] = { name, dependencies: before };
  before = [name];
}
writeFileSync(join(process.env.CDKTF_OUTDIR, 'manifest.json'), JSON.stringify(manifest));
`;

export function synthesized(stacks: SmallStacks): string {
  const outdir = temporaryFolder();
  const names = Object.keys(stacks);
  for (const [name, content] of Object.entries(stacks)) {
    mkdirSync(join(outdir, 'stacks', name), { recursive: true });
    writeFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), JSON.stringify(content));
  }
  const entries = names.map((name, index) => [name, { name, dependencies: names.slice(0, index).slice(-1) }]);
  // The reversed order tests that the program sorts the stacks by dependency.
  const manifest = { stacks: Object.fromEntries(entries.reverse()) };
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify(manifest));
  return outdir;
}

/** Creates a project folder whose synthesis writes these stacks. */
export function smallProject(stacks: SmallStacks): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts/synth.mjs'), synthesis);
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  writeStacks(folder, stacks);
  return folder;
}

export function writeStacks(project: string, stacks: SmallStacks | { readonly dev: 'broken' }): void {
  writeFileSync(join(project, 'stacks.json'), JSON.stringify(stacks));
}

export async function commit(project: string): Promise<void> {
  const git = (...args: readonly string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: project });
  if (!existsSync(join(project, '.git'))) await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'x');
}

export interface MockTerraform {
  readonly program: string;
  calls(): readonly string[];
}

export function mockTerraform(
  plans: Readonly<Record<string, string>>,
  { fails = '', waits = '', error = 'the cluster does not answer' } = {},
): MockTerraform {
  const folder = temporaryFolder();
  const program = join(folder, 'terraform');
  const log = join(folder, 'calls');
  for (const [stack, plan] of Object.entries(plans)) writeFileSync(join(folder, `${stack}.json`), plan);
  writeFileSync(
    program,
    `#!/bin/bash
stack=$(basename "$PWD")
for last in "$@"; do :; done
secret=\${TF_VAR_token:-none}
if [ "$1 $stack" = ${JSON.stringify(fails)} ]; then
  echo "Warning: x" >&2; echo "Error: ${error}" >&2; exit 1
fi
if [ "$1 $stack" = ${JSON.stringify(waits)} ]; then
  trap 'echo "$1 $stack stored its state" >> ${log}; exit 1' INT
  echo "$1 $stack waits" >> ${log}
  while :; do sleep 0.05; done
fi
case $1 in
  plan) echo "plan of $stack" > "\${last#-out=}"; echo "plan $stack $3 token=$secret mode=$(stat -c %a "$(dirname "\${last#-out=}")" 2>/dev/null || stat -f %Lp "$(dirname "\${last#-out=}")")" >> ${log} ;;
  show) cat ${folder}/"$stack.json" ;;
  apply) echo "apply $stack $(cat "$last") token=$secret" >> ${log} ;;
esac
`,
  );
  chmodSync(program, 0o755);
  return {
    program,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}
