import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/generate/files.ts';
import { withRegion } from '../../scripts/generate/region.ts';

const root = join(import.meta.dirname, '../..');

describe('a generated file', () => {
  it.each(generatedFiles.map(({ file, text }) => [file, text] as const))(
    '%s is up to date; npm run generate writes it',
    { timeout: 90_000 },
    async (file, text) => {
      const current = readFileSync(join(root, file), 'utf8');
      expect(await text(current)).toBe(current);
    },
  );
});

describe('a region', () => {
  const text = 'a\n# generated: x (npm run generate)\nold\n# end of generated: x\nb\n';

  it('is replaced between its markers, and nothing else is', () => {
    expect(withRegion(text, 'x', 'new $& line\n')).toBe(text.replace('old', () => 'new $& line'));
  });

  it('that is missing is an error with its name', () => {
    expect(() => withRegion(text, 'y', '')).toThrow("no region 'generated: y'");
  });
});
