import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../platforms/registry.ts';

const root = join(import.meta.dirname, '../..');
const programs = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !/^(test|config\/environments|examples\/environments)\//.test(file));

describe('the source code', () => {
  it.each(platforms.map(({ kind }) => kind))(
    "contains comparisons such as `kind === '%s'` only in the folder of the platform",
    (kind) => {
      const comparison = new RegExp(`\\bkind\\b\\s*(?:[!=]==?|:)\\s*(?:z\\.literal\\()?['"]${kind}['"]`);
      const found = programs.filter(
        (file) =>
          !file.startsWith(`platforms/${kind}/`) && comparison.test(readFileSync(join(root, file), 'utf8')),
      );
      expect(found).toEqual([]);
    },
  );

  it.each(
    platforms.flatMap(({ kind, offers }) => Object.keys(offers.functionHosts).map((host) => [host, kind])),
  )("contains comparisons such as `host === '%s'` only in the folder platforms/%s", (host, kind) => {
    const comparison = new RegExp(`\\bhost\\b\\s*[!=]==?\\s*['"]${host}['"]`);
    const found = programs.filter((file) => comparison.test(readFileSync(join(root, file), 'utf8')));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((file) => !file.startsWith(`platforms/${kind}/`))).toEqual([]);
  });

  it('gives each platform a different value of `kind`', () => {
    expect(new Set(platforms.map(({ kind }) => kind)).size).toBe(platforms.length);
  });
});
