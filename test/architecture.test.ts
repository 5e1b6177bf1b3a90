import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..');
const settings = ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'];

function brokenRules(files: Readonly<Record<string, string>>): string[] {
  const tree = mkdtempSync(join(tmpdir(), 'imports-'));
  onTestFinished(() => rmSync(tree, { recursive: true }));
  for (const file of settings) cpSync(join(root, file), join(tree, file));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  const depcruise = join(root, 'node_modules/.bin/depcruise');
  const report = execFileSync(depcruise, ['.', '--output-type', 'json'], { cwd: tree, encoding: 'utf8' });
  const { summary } = JSON.parse(report) as { summary: { violations: { rule: { name: string } }[] } };
  return summary.violations.map(({ rule }) => rule.name);
}

describe('the check of imports', () => {
  it('accepts an import that the table of allowed imports contains', () => {
    const files = {
      'config/a.ts': 'export const a = 1;',
      'metrics/b.ts': "export { a } from '../config/a.ts';",
    };
    expect(brokenRules(files)).toEqual([]);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'an import against the direction of the table',
      'imports-of-config',
      { 'config/a.ts': "export { b } from '../metrics/b.ts';", 'metrics/b.ts': 'export const b = 1;' },
    ],
    [
      'an import of a type against the direction of the table',
      'imports-of-metrics',
      {
        'metrics/a.ts': "import type { B } from '../rules/b.ts';\nexport type A = B;",
        'rules/b.ts': 'export type B = 1;',
      },
    ],
    [
      'CDKTF outside the infrastructure',
      'package-cdktfconstructscdktf',
      { 'metrics/a.ts': "export { App } from 'cdktf';" },
    ],
    [
      'a barrel of a Terraform provider',
      'no-provider-barrel',
      { 'modules/a.ts': "export * as azurerm from '@cdktf/provider-kubernetes';" },
    ],
    [
      'a cycle',
      'no-cycle',
      { 'config/a.ts': "export * from './b.ts';", 'config/b.ts': "export * from './a.ts';" },
    ],
    ['an import of a missing file', 'resolvable', { 'config/a.ts': "export * from './b.ts';" }],
  ])('rejects %s', (_what, rule, files) => {
    expect(brokenRules(files)).toContain(rule);
  });
});

const sources = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '');

describe('source files', () => {
  it('named index.ts contain only exports', () => {
    const offenders = sources
      .filter((file) => file.endsWith('/index.ts'))
      .filter((file) =>
        readFileSync(join(root, file), 'utf8')
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .split(/;\s*\n/)
          .map((statement) => statement.trim())
          .some((statement) => statement !== '' && !/^export\s+(type\s+)?(\*|\{)/.test(statement)),
      );
    expect(offenders).toEqual([]);
  });

  it('and folders are not named utils, helpers, common or misc', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  it('exist only in test, .ci and the folders that .dependency-cruiser.cjs lists', () => {
    const table = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8');
    const folders = new Set(
      sources.filter((file) => file.includes('/')).map((file) => file.slice(0, file.indexOf('/'))),
    );
    for (const folder of ['test', '.ci']) folders.delete(folder);
    expect([...folders].filter((folder) => !new RegExp(`^  '?${folder}'?: \\[`, 'm').test(table))).toEqual(
      [],
    );
  });
});
