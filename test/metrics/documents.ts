import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Document {
  readonly file: string;
  readonly text: string;
}

/** The README, the demo script and every page in docs/. */
export function readDocuments(): readonly Document[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) =>
    join('docs', file),
  );
  return ['README.md', 'DEMO_SCRIPT.md', ...docs]
    .filter((file) => file.endsWith('.md') && existsSync(join(root, file)))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** Returns each query of the `promql` code blocks. Blocks inside four backticks do not count. */
export function promqlOf(text: string, runsOn: 'anywhere' | 'cluster' = 'anywhere'): readonly string[] {
  const fence = runsOn === 'cluster' ? 'promql cluster' : 'promql';
  const own = text.replace(/^````\w*\n[\s\S]*?^````$/gm, '');
  return [...own.matchAll(new RegExp(`^[ \\t]*\`\`\`${fence}\\n([\\s\\S]*?)^[ \\t]*\`\`\``, 'gm'))].flatMap(
    ([, block]) =>
      (block as string)
        .split('\n')
        .map((line) => line.replace(/#.*$/, '').trim())
        .filter((query) => query !== ''),
  );
}

export function runbooks(): readonly Document[] {
  return readDocuments().filter(({ file }) => /^docs\/runbooks\/(?!README)/.test(file));
}

/** The commands in the blocks `sh laptop` or `sh cluster` of a runbook. */
export function commandsOf(text: string, runsOn: 'laptop' | 'cluster'): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`sh ${runsOn}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].flatMap(
    ([, block]) => (block as string).split('\n').filter((line) => line !== ''),
  );
}
