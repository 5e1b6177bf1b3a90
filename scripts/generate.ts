import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { generatedFiles } from './generate/files.ts';
import type { Generated } from './generate/region.ts';

const root = join(import.meta.dirname, '..');

const { live } = new Command('npm run generate --')
  .description(
    'Writes every generated file: dashboards, stages of the Dockerfile, image matrix, presentation, reference pages, goldens of the stacks and of the plan reviews, lists of proven panels and queries, counts and tables of the README. Review the diff.',
  )
  .option(
    '--no-live',
    'leaves out the lists of proven panels and queries, for which the laptop pipeline runs for about two minutes',
  )
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse()
  .opts<{ live: boolean }>();

const vitest = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  execa('npx', ['vitest', 'run', ...args], { cwd: root, env, stdio: 'inherit', timeout: 15 * 60_000 });

async function write({ file, text }: Generated): Promise<void> {
  const path = join(root, file);
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const wanted = await text(current);
  if (wanted === current) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
  console.log(`written: ${file}`);
}

for (const generated of generatedFiles) await write(generated);
await vitest(['--project', 'unit', 'test/stacks/goldens.test.ts', 'test/review/reports.test.ts'], {
  GOLDENS: 'write',
});
if (live) await vitest(['--project', 'live', 'test/live/panels.test.ts']);
// `panels.test.ts` writes lists of queries. The README contains numbers from these lists.
for (const generated of generatedFiles) await write(generated);
