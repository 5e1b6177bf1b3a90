import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../scripts/generate/excerpts.ts';
import { generatedFiles } from '../../scripts/generate/files.ts';
import { withRegion } from '../../scripts/generate/region.ts';

const root = join(import.meta.dirname, '../..');

describe('a generated file', () => {
  it.each(generatedFiles.map(({ file, text }) => [file, text] as const))(
    '%s is up to date',
    { timeout: 90_000 },
    async (file, text) => {
      const current = readFileSync(join(root, file), 'utf8');
      expect(await text(current)).toBe(current);
    },
  );
});

describe('a generated region', () => {
  const text = 'a\n# generated: x (npm run generate)\nold\n# end of generated: x\nb\n';

  it('is replaced only between its two markers', () => {
    expect(withRegion(text, 'x', 'new $& line\n')).toBe(text.replace('old', () => 'new $& line'));
  });

  it('causes an error if the file does not contain this region', () => {
    expect(() => withRegion(text, 'y', '')).toThrow("no region 'generated: y'");
  });
});

describe('an excerpt of the code', () => {
  const excerpt = { region: 'r', file: 'rules/a.ts', from: 'a {', to: '}\n' };

  it('contains the text from the given start to the given end', () => {
    expect(excerptOf('x\na {\n  b\n}\ny }\n', excerpt)).toBe('a {\n  b\n}\n');
  });

  it('causes an error if it is missing from the source file', () => {
    expect(() => excerptOf('x\n', excerpt)).toThrow(
      'rules/a.ts contains no text that starts with "a {" and ends with "}\\n"; correct the start and the end',
    );
  });
});
