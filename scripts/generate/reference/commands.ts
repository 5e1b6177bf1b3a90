import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { demoHelps } from '../../../console/cli/demo.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';

const root = join(import.meta.dirname, '../../..');

/** Scripts of package.json that run a third-party program. Every other script has `--help`. */
const thirdParty: Readonly<Record<string, string>> = {
  'test:unit': 'Runs the unit tests. Accepts the options of `vitest run`.',
  'test:live': 'Starts a laptop pipeline on separate ports, and runs the live tests.',
  'test:engine': 'Starts a laptop pipeline with Thanos on separate ports, and tests this pipeline.',
  'test:restore':
    'Starts a laptop pipeline, restores damaged backups into it, and checks that the restore drill reports each incomplete store.',
  'test:browser': 'Starts a laptop pipeline on separate ports, and tests the console in Chromium.',
  'test:properties': 'Runs the property tests of the functions with 10,000 cases each.',
  'test:airflow': 'Runs the DAGs in a real Airflow. Needs Python 3.10 or newer.',
  'test:receiver': 'Runs the remote-write listener of a cluster against a real agent. Needs Go.',
  'test:cluster':
    'Creates the Kubernetes objects of the functions in a cluster, and tests them. `CLUSTER_CONTEXT` names the context of the cluster.',
  typecheck: 'Checks the types.',
  lint: 'Checks format, code and prose.',
  imports: 'Checks that each folder imports only from the allowed folders.',
  unused: 'Finds exports, files and packages that nothing uses.',
  format: 'Formats the files as `npm run lint` expects.',
};

interface Script {
  readonly name: string;
  /** Arguments of `node`, such as `scripts/prose.ts`. Undefined for a third-party program. */
  readonly program: readonly string[] | undefined;
}

export function scripts(): readonly Script[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(manifest.scripts as Record<string, string>).map(([name, command]) => {
    const args = /(?:^|&& )node ((?:--import tsx )?\S+\.(?:ts|mjs))$/.exec(command)?.[1];
    return { name, program: args?.split(' ') };
  });
}

const spoken = (name: string) => (['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`);

/** Number of programs in parallel. More programs could exceed their timeout on a busy machine. */
const atOnce = 4;

async function helpOf(program: readonly string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, [...program, '--help'], {
    cwd: root,
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
    timeout: 60_000,
  });
  return stdout.trim();
}

/** Help texts of the subcommands, by name of the script. */
const commandHelps: Readonly<Record<string, () => readonly string[]>> = { demo: demoHelps };

const block = (help: string) => `\`\`\`text\n${help}\n\`\`\``;

async function text(): Promise<string> {
  const ours = scripts().flatMap(({ name, program }) => (program ? [{ name, program }] : []));
  const helps: string[] = [];
  for (let start = 0; start < ours.length; start += atOnce) {
    const some = ours.slice(start, start + atOnce).map(async ({ name, program }) => {
      const texts = [await helpOf(program), ...(commandHelps[name]?.() ?? [])];
      return `## ${code(spoken(name))}\n\n${texts.map(block).join('\n\n')}`;
    });
    helps.push(...(await Promise.all(some)));
  }
  const others = scripts().filter(({ program }) => program === undefined);
  return `${[
    generatedNotice,
    '# Commands\n\nEach command prints its text below with `-- --help`, such as `npm run verify -- --help`. Write `--` before the options of a command. npm reads options without `--` as its own options.',
    ...helps,
    `## Other scripts\n\n${table(
      ['command', 'what it does'],
      others.map(({ name }) => [code(spoken(name)), thirdParty[name] ?? '']),
    )}`,
  ].join('\n\n')}\n`;
}

export const commandReference: Generated = { file: 'docs/reference/commands.md', text };
