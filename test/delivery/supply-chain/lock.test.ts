import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CouldNotRun } from '../../../delivery/could-not-run.ts';
import { lockProblems } from '../../../delivery/supply-chain/lock/problems.ts';
import { readLock } from '../../../delivery/supply-chain/lock/read-lock.ts';
import { requiredBy, requirementsOf } from '../../../delivery/supply-chain/lock/requirements.ts';
import { folderWith, integrity, lockWith } from './fixture.ts';

describe('a lock file', () => {
  it.each<[what: string, text: string, message: RegExp]>([
    [
      'is not JSON',
      '{',
      /package-lock\.json: expected a lock file of npm with lockfileVersion 2 or 3, got .*npm install --package-lock-only/,
    ],
    ['has the format of npm 6', '{"lockfileVersion":1,"dependencies":{}}', /lockfileVersion 2 or 3, got/],
    [
      'has a package without a version',
      '{"lockfileVersion":3,"packages":{"node_modules/a":{}}}',
      /node_modules\/a has no version/,
    ],
  ])('is refused if the file %s', (_what, text, message) => {
    const file = join(folderWith({ 'package-lock.json': text }), 'package-lock.json');
    expect(() => readLock(file)).toThrow(CouldNotRun);
    expect(() => readLock(file)).toThrow(message);
  });

  it('causes an error that contains the path, if the file is missing', () => {
    const file = join(folderWith({}), 'package-lock.json');
    expect(() => readLock(file)).toThrow(`${file}: the lock file cannot be read (ENOENT).`);
  });

  it('resolves a required package to its nearest copy, as Node.js does', () => {
    const lock = readLock(
      lockWith({
        'node_modules/a': { version: '1.0.0', integrity, dependencies: { b: '*' } },
        'node_modules/a/node_modules/b': { version: '2.0.0', integrity, dependencies: { c: '*' } },
        'node_modules/b': { version: '1.0.0', integrity },
        'node_modules/c': { version: '3.0.0', integrity, dependencies: { b: '*' } },
      }),
    );
    const requirements = (path: string) => {
      const found = lock.packages.get(path);
      return found ? requirementsOf(lock, found).map((each) => each.path) : [];
    };
    expect(requirements('node_modules/a')).toEqual(['node_modules/a/node_modules/b']);
    expect(requirements('node_modules/a/node_modules/b')).toEqual(['node_modules/c']);
    expect(requirements('node_modules/c')).toEqual(['node_modules/b']);
    const nested = lock.packages.get('node_modules/a/node_modules/b');
    expect(nested && requiredBy(lock, nested)).toBe('required by a 1.0.0');
  });
});

describe('the check of a lock file', () => {
  const problems = (entry: object, decided: readonly string[] = []) =>
    lockProblems(readLock(lockWith({ 'node_modules/a': { version: '1.0.0', ...entry } })), new Set(decided));

  it('accepts a package with an integrity hash and no install script', () => {
    expect(problems({ integrity })).toEqual([]);
  });

  it.each<[what: string, entry: object, message: string]>([
    ['a package without an integrity hash', {}, 'the lock file has no integrity hash'],
    ['a hash of SHA-1', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'weaker than SHA-512'],
    ['an install script without a decision', { integrity, hasInstallScript: true }, 'install script'],
    [
      'a package whose entry contains an archive URL',
      { integrity, resolved: 'https://other.example/a.tgz' },
      'an address of the archive',
    ],
    [
      'a bundled package that no package contains',
      { inBundle: true },
      'the path of the package is not inside another package',
    ],
    ['a deprecated version', { integrity, deprecated: 'use b' }, 'has deprecated the version'],
  ])('reports %s', (_what, entry, message) => {
    expect(problems(entry)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^a 1\\.0\\.0 \\(node_modules/a, required by package\\.json\\): .*${message}.*\\. [A-Z].*\\.$`,
        ),
      ),
    ]);
  });

  it('accepts an install script if allowScripts contains the package', () => {
    expect(problems({ integrity, hasInstallScript: true }, ['a'])).toEqual([]);
  });

  it('accepts a package that another package bundles', () => {
    const lock = lockWith({
      'node_modules/a': { version: '1.0.0', integrity },
      'node_modules/a/node_modules/b': { version: '1.0.0', inBundle: true },
    });
    expect(lockProblems(readLock(lock), new Set())).toEqual([]);
  });

  it('reports a package that is a link to a local folder', () => {
    const lock = lockWith({ 'node_modules/a': { resolved: '../a', link: true } });
    expect(lockProblems(readLock(lock), new Set())).toEqual([
      expect.stringContaining('the package is a link to a folder'),
    ]);
  });
});
