import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Step {
  readonly language: string;
  readonly code: string;
  /** The file that the code block creates or changes. The page names the file before the code block. */
  readonly file: string;
}

export function stepsOf(page: string): readonly Step[] {
  let file: string | undefined;
  return [...page.matchAll(/^`([^`\n]+)`:$|^(`{3,4})(\w+)\n([\s\S]*?)^\2$/gm)].flatMap(
    ([, named, , language = '', code = '']) => {
      if (named) file = named;
      return file && ['ts', 'markdown', 'diff'].includes(language) ? [{ language, code, file }] : [];
    },
  );
}

/** Copies `parts` of the repository to a temporary folder, and applies `steps` to the copy. */
export function followedCopy(parts: readonly string[], steps: readonly Step[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'followed-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const { language, code, file } of steps) {
    const path = join(copy, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, language === 'diff' ? patched(readFileSync(path, 'utf8'), code) : code);
  }
  return copy;
}

function patched(text: string, diff: string): string {
  const lines = diff.split('\n').slice(0, -1);
  const side = (without: string) =>
    lines
      .filter((line) => !line.startsWith(without))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const [before, after] = [side('+'), side('-')];
  expect(text.split(before)).toHaveLength(2);
  return text.replace(before, () => after);
}
