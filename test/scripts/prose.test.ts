import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeFinding, findingsIn } from '../../scripts/prose/check.ts';
import { isIn } from '../../scripts/prose/exceptions.ts';
import { plainWords } from '../../scripts/prose/words.ts';

const root = join(import.meta.dirname, '../..');
const wordsIn = (file: string, text: string) => findingsIn(file, text).map(({ word }) => word);

describe('the prose check of a text', () => {
  it('reports the place, replacement and reason of a forbidden word', () => {
    const [finding, ...others] = findingsIn('a.md', '# Title\n\nAsk whoever.\n');
    expect(others).toEqual([]);
    expect(finding && describeFinding(finding)).toBe(
      'a.md:3:5: "whoever" is not plain English. Write instead: the caller, the operator, anyone who. Reason: a sentence names its subject with a noun.',
    );
  });

  it('finds words in comments and strings of TypeScript, not in code', () => {
    const text = [
      "import { mend } from './stand-ins/mend.ts';",
      '/** A program is told. */',
      '// closed',
      '// but for a reason',
      "it('anew', () => {});",
      "const door = 'authority';",
      "const text = 'a door';",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the string is code that the check reads
      'const more = `${door} once more`;',
      '// A code span such as `told` is a name.',
    ].join('\n');
    expect(findingsIn('a.ts', text).map(({ line, word }) => `${line} ${word}`)).toEqual([
      '2 told',
      '3 closed but for',
      '5 anew',
      '7 door',
      '8 once more',
    ]);
  });

  it('skips fenced blocks, code spans and targets of links in Markdown', () => {
    const hidden = '```sh\necho told\n```\n`told` [a](door)\n\n````ts\n```\ntold\n```\n````\n';
    expect(wordsIn('a.md', hidden)).toEqual([]);
    expect(wordsIn('a.md', `${hidden}told\n`)).toEqual(['told']);
    expect(findingsIn('a.md', `${hidden}told\n`)[0]?.line).toBe(11);
  });

  it('finds a phrase across a line break, even in a comment', () => {
    expect(wordsIn('a.md', 'a panel of\nours\n')).toEqual(['of ours']);
    expect(wordsIn('a.ts', '/**\n * A panel of\n * ours.\n */\n')).toEqual(['of ours']);
  });

  it('accepts a plain word that contains a forbidden word', () => {
    const plain =
      'It is healthy. The error is: unknown certificate authority. A recommended amendment. The way in which it runs.';
    expect(wordsIn('a.md', plain)).toEqual([]);
  });

  it('checks Python, YAML and HTML files, but no JSON files', () => {
    for (const file of ['a.py', 'a.yml', 'a.html']) expect(wordsIn(file, 'x # told'), file).toEqual(['told']);
    expect(wordsIn('a.json', '"told"')).toEqual([]);
  });

  it.each(plainWords.map(({ write }) => write))('accepts the suggested replacement "%s"', (write) => {
    expect(wordsIn('a.md', write)).toEqual([]);
  });
});

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'prose-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** @param unclean subfolder in which forbidden words are allowed, such as `guides/` */
async function checked(file: string, text: string, unclean?: string, isRepository = true) {
  const folder = mkdtempSync(join(scratch, 'repository-'));
  for (const source of ['scripts/prose.ts', 'scripts/prose']) {
    cpSync(join(root, source), join(folder, source), { recursive: true });
  }
  const exceptions = join(folder, 'scripts/prose/exceptions.ts');
  const list = /(notYetClean: readonly string\[\] = )\[[^\]]*\]/;
  writeFileSync(
    exceptions,
    readFileSync(exceptions, 'utf8').replace(list, `$1${JSON.stringify(unclean ? [unclean] : [])}`),
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  if (isRepository) await execa('git', ['init', '--quiet'], { cwd: folder });
  return execa(process.execPath, ['--import', 'tsx', 'scripts/prose.ts'], {
    cwd: folder,
    reject: false,
    timeout: 30_000,
  });
}

describe.concurrent('npm run prose', { timeout: 30_000 }, () => {
  it('fails on the words "whoever" and "told"', async ({ expect }) => {
    const { exitCode, stderr } = await checked('guides/page.md', 'The page is for whoever is told.\n');
    expect(stderr).toMatch(/^guides\/page\.md:1:17: "whoever" is not plain English\./m);
    expect(stderr).toMatch(/^guides\/page\.md:1:28: "told" is not plain English\./m);
    expect(exitCode).toBe(1);
  });

  it('passes if no text contains a forbidden word', async ({ expect }) => {
    const { exitCode, stderr } = await checked('guides/page.md', 'The page is for the operator.\n');
    expect(stderr).toContain('0 forbidden words found.');
    expect(exitCode).toBe(0);
  });

  it('passes for a folder in the list of exceptions', async ({ expect }) => {
    const { exitCode, stderr } = await checked(
      'guides/page.md',
      'The page is for whoever is told.\n',
      'guides/',
    );
    expect(stderr).toContain('2 more in the folders of notYetClean do not count yet.');
    expect(exitCode).toBe(0);
  });

  it('asks the user to delete the exception for a folder without forbidden words', async ({ expect }) => {
    const { exitCode, stderr } = await checked(
      'guides/page.md',
      'The page is for the operator.\n',
      'guides/',
    );
    expect(stderr).toContain(
      'guides/ contains no forbidden words any more. Remove this entry from notYetClean',
    );
    expect(exitCode).toBe(0);
  });
});

describe('npm run prose outside a repository', () => {
  it('fails with the reason and a remedy', { timeout: 30_000 }, async () => {
    const { exitCode, stderr } = await checked('guides/page.md', 'The operator.\n', undefined, false);
    expect(stderr).toContain('git cannot list the files of the project');
    expect(stderr).toContain('run this command in a clone of the repository');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(1);
  });
});

describe('an exception of the prose check', () => {
  it('applies to one file, or to all files in a folder', () => {
    expect(isIn(['docs/'], 'docs/a.md')).toBe(true);
    expect(isIn(['docs/'], 'docs-new/a.md')).toBe(false);
    expect(isIn(['a.ts'], 'a.ts')).toBe(true);
    expect(isIn(['a.ts'], 'a.tsx')).toBe(false);
  });
});
