import { extname } from 'node:path';
import { proseOfCode } from './code.ts';
import { proseOfMarkdown } from './markdown.ts';
import { mask } from './mask.ts';
import { type PlainWord, plainWords } from './words.ts';

export interface Finding {
  readonly file: string;
  /** Line and column in the file, both counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly word: string;
  readonly plain: PlainWord;
}

const everything = (_file: string, text: string) => mask(text, [/`[^`\n]*`/g]);

/** For each file extension: a function that returns the prose of a text. Other files are not checked. */
const readers: Readonly<Record<string, (file: string, text: string) => string>> = {
  '.md': (_file, text) => proseOfMarkdown(text),
  '.ts': proseOfCode,
  '.tsx': proseOfCode,
  '.mts': proseOfCode,
  '.js': proseOfCode,
  '.mjs': proseOfCode,
  '.cjs': proseOfCode,
  '.html': everything,
  '.css': everything,
  '.py': everything,
  '.yml': everything,
  '.yaml': everything,
};

export function isChecked(file: string): boolean {
  return extname(file) in readers;
}

export function findingsIn(file: string, text: string): readonly Finding[] {
  const prose = readers[extname(file)]?.(file, text) ?? '';
  return plainWords
    .flatMap((plain) =>
      [...prose.matchAll(new RegExp(plain.pattern, 'gi'))].map((match) => ({ match, plain })),
    )
    .sort((one, other) => one.match.index - other.match.index)
    .map(({ match, plain }) => {
      const before = text.slice(0, match.index);
      return {
        file,
        line: before.split('\n').length,
        column: match.index - before.lastIndexOf('\n'),
        word: match[0].replace(/\s+/g, ' '),
        plain,
      };
    });
}

/** Example: `README.md:3:9: "whoever" is not plain English. Write instead: the caller. Reason: …`. */
export function describeFinding({ file, line, column, word, plain: { write, reason } }: Finding): string {
  return `${file}:${line}:${column}: "${word}" is not plain English. Write instead: ${write}. Reason: ${reason}.`;
}
