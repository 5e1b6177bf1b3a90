import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingPrerequisite } from '../../toolchain/prerequisites.mjs';
import { workbench } from './workbench.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function projectWith(packages: readonly string[]): string {
  const folder = workbench().root;
  for (const name of packages) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), '{}');
  }
  return folder;
}

describe('the check of the prerequisites', () => {
  it('passes after npm ci', () => {
    expect(missingPrerequisite(['vitest', 'tsx'])).toBeUndefined();
  });

  it.each(['18.20.4', '20.18.3'])('rejects Node %s as too old', (node) => {
    expect(missingPrerequisite([], { node })).toMatch(
      /^Node .* is too old\. This project needs Node 20\.19 or newer\./,
    );
  });

  it.each(['20.19.0', '24.1.0'])('accepts Node %s', (node) => {
    expect(missingPrerequisite([], { node })).toBeUndefined();
  });

  it('suggests npm ci if no package is installed', () => {
    const folder = workbench().root;
    expect(missingPrerequisite(['vitest'], { root: folder })).toBe(
      `The packages are not installed. Run npm ci first, in ${folder}.`,
    );
  });

  it('suggests --include=dev if a development package is missing', () => {
    const folder = projectWith(['tsx']);
    expect(missingPrerequisite(['vitest', 'tsx'], { root: folder })).toMatch(
      /^vitest is not installed in .* --omit=dev .*Run npm ci --include=dev/,
    );
  });

  it('refuses a project folder whose path contains a question mark', () => {
    expect(missingPrerequisite(['tsx'], { root: '/tmp/a?b' })).toContain('question mark');
  });
});

describe('npm test without the development packages', () => {
  it('reports vitest as missing, with exit code 2', () => {
    const folder = projectWith(['tsx', 'commander']);
    for (const file of ['test/run.mjs', 'toolchain/prerequisites.mjs']) {
      cpSync(join(root, file), join(folder, file), { recursive: true });
    }
    const { status, stderr } = spawnSync(process.execPath, ['test/run.mjs'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/^vitest is not installed .*\n$/);
    expect(status).toBe(2);
  });
});

describe('the npm scripts', () => {
  const scripts: readonly [string, string][] = Object.entries(manifest.scripts);
  /** Key: program in node_modules/.bin. Value: development package that installs the program. */
  const packageOf = new Map(
    Object.keys(manifest.devDependencies).flatMap((name) => {
      const { bin = {} } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
      const programs = typeof bin === 'string' ? [basename(name)] : Object.keys(bin);
      return programs.map((program) => [program, name] as const);
    }),
  );

  it('check that a development package is installed before they run its program', () => {
    const used = scripts.flatMap(([script, command]) => {
      const checked = new Set<string>();
      return command.split(' && ').flatMap((step) => {
        const [program = '', ...args] = step.split(' ').filter((word) => !/^[A-Z_]+=/.test(word));
        if (args[0] === 'toolchain/prerequisites.mjs') for (const name of args.slice(1)) checked.add(name);
        const name = packageOf.get(program);
        return name === undefined ? [] : [{ script, name, isChecked: checked.has(name) }];
      });
    });
    expect(new Set(used.map(({ name }) => name)).size).toBeGreaterThan(3);
    expect(used.filter(({ isChecked }) => !isChecked)).toEqual([]);
  });

  it('import development packages only in scripts for development', () => {
    const imported = importedPackages(readdirSync(root).filter(isShipped));
    expect(imported.length).toBeGreaterThan(50);
    const foreign = imported.filter(({ name }) => !(name in manifest.dependencies));
    expect(foreign).toEqual([]);
  });
});

/** True for a folder whose code runs also after `npm ci --omit=dev`. */
function isShipped(folder: string): boolean {
  const others = ['bench', 'cdktf.out', 'dags', 'dist', 'docs', 'node_modules', 'test'];
  return !folder.startsWith('.') && !others.includes(folder) && statSync(join(root, folder)).isDirectory();
}

const forDevelopment = /^(scripts\/(generate|prose)|delivery\/supply-chain)\b/;

/** Ignores type-only imports, because they load no package. */
function importedPackages(folders: readonly string[]) {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith('.d.mts'))
      .filter((file) => !forDevelopment.test(`${folder}/${file}`))
      .flatMap((file) => {
        const text = readFileSync(join(root, folder, file), 'utf8');
        const specifiers = [...text.matchAll(/(?:^import (?!type )[^;]*?from |\bimport\()'([^'.][^']*)'/gm)];
        return specifiers.map(([, specifier = '']) => ({
          file: `${folder}/${file}`,
          name: packageName(specifier),
        }));
      })
      .filter(({ name }) => !name.startsWith('node:') && !builtinModules.includes(name)),
  );
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
