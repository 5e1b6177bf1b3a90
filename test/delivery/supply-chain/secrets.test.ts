import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { secretsReport } from '../../../delivery/supply-chain/secrets/report.ts';
import { commitsOf } from '../../../delivery/supply-chain/secrets/repository.ts';
import { reviewed } from '../../../delivery/supply-chain/secrets/reviewed.ts';
import { type Found, scanHistory } from '../../../delivery/supply-chain/secrets/scan.ts';
import { goPattern } from '../../../delivery/supply-chain/secrets/scanner-config.ts';
import { secretForms } from '../../../review/secrets/patterns.ts';
import { obtainPrograms } from '../../../toolchain/index.ts';
import { folderWith, root, run } from './fixture.ts';

let gitleaks: string;

// The first build of gitleaks takes half a minute.
beforeAll(async () => {
  gitleaks = (await obtainPrograms({ names: ['gitleaks'] })).gitleaks.path;
}, 300_000);

/** Random text. The scan of this repository would find a constant secret in this file. */
const random = (letters: string, length: number) =>
  [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const token = () => `ghp_${random('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 36)}`;
/** A random NATS seed. Only the rules of the plan review find NATS seeds. gitleaks has no rule for NATS seeds. */
const seed = () => `SU${random(capitals, 56)}`;

async function repository() {
  const folder = folderWith({ 'README.md': 'A repository.\n' });
  const git = async (...args: readonly string[]) => {
    const author = [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    return (await execa('git', [...author, ...args], { cwd: folder })).stdout;
  };
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '--message', message);
    return await git('rev-parse', 'HEAD');
  };
  await git('init', '--quiet', '--initial-branch=main');
  await commit('first');
  return { folder, git, write, commit };
}

const scan = (folder: string) => scanHistory({ repository: folder, gitleaks, timeout: 60_000 });

describe('the scan of the history', { timeout: 60_000 }, () => {
  it('finds a secret in a commit even if a later commit deletes the file', async () => {
    const { folder, write, commit } = await repository();
    const secret = token();
    write('settings/app.ini', `\ntoken = "${secret}"\n`);
    const added = await commit('add settings');
    rmSync(join(folder, 'settings'), { recursive: true });
    await commit('delete settings');
    const found = await scan(folder);
    expect(found).toContainEqual(
      expect.objectContaining({
        rule: 'github-pat',
        commit: added,
        file: 'settings/app.ini',
        line: 2,
        text: secret,
      }),
    );
    expect(found.map(({ commit: where }) => where)).toEqual(found.map(() => added));
  });

  it('finds secrets on a branch, in a merge and in a commit message', async () => {
    const { folder, git, write, commit } = await repository();
    await git('checkout', '--quiet', '-b', 'other');
    write('a.txt', `nats: ${seed()}\n`);
    await commit('on a branch');
    await git('checkout', '--quiet', 'main');
    write('b.txt', 'harmless\n');
    await commit('on main');
    await git('merge', '--quiet', '--no-commit', 'other');
    write('c.txt', `key = ${token()}\n`);
    await commit('merge');
    await commit(`explain\n\nThe token is ${token()}.`);
    const found = await scan(folder);
    const places = found.map(({ file, rule, line }) => `${file}:${line} ${rule}`).sort();
    expect(places).toEqual([
      '(message of the commit):3 github-pat',
      '(message of the commit):3 plan-review-a-token-of-github',
      'a.txt:1 plan-review-a-seed-of-a-nats-key',
      'c.txt:1 github-pat',
      'c.txt:1 plan-review-a-token-of-github',
    ]);
    const last = found.find(({ file }) => file.startsWith('('));
    expect(last?.commit).toBe(await git('rev-parse', 'HEAD'));
  });

  it('does not apply gitleaks exceptions that the repository contains', async () => {
    const { folder, write, commit } = await repository();
    write('.gitleaks.toml', '[allowlist]\npaths = [".*"]\n');
    write('a.txt', `key = ${token()} # gitleaks:allow\n`);
    const rules = async () => (await scan(folder)).map(({ file, rule }) => `${file} ${rule}`).sort();
    await commit(`hide ${token()}`);
    const found = await rules();
    expect(found).toContain('a.txt github-pat');
    const places = (await scan(folder)).map(({ file, rule, line }) => `${file}:${rule}:${line}`);
    write('.gitleaksignore', [...places, ':github-pat:3', ':plan-review-a-token-of-github:3'].join('\n'));
    expect(await rules()).toEqual(found);
  });

  it('fails if gitleaks fails or exceeds the timeout of the scan', async () => {
    const { folder } = await repository();
    const late = scanHistory({ repository: folder, gitleaks, timeout: 1 });
    await expect(late).rejects.toThrow(
      /The scan did not finish within 0\.001 s and was stopped\. Raise --timeout\./,
    );
    await expect(scan(folderWith({}))).rejects.toThrow(/^gitleaks did not finish/);
  });

  it('fails if all steps of the scan together exceed the timeout', async () => {
    const { folder } = await repository();
    const slow = join(folderWith({ slow: '#!/bin/sh\nsleep 1.5\necho "[]"\n' }), 'slow');
    chmodSync(slow, 0o755);
    const options = { repository: folder, gitleaks: slow };
    await expect(scanHistory({ ...options, timeout: 2000 })).rejects.toThrow(
      /The scan did not finish within 2 s and was stopped\. Raise --timeout\./,
    );
    expect(await scanHistory({ ...options, timeout: 60_000 })).toEqual([]);
  });
});

describe('npm run secrets:scan', { timeout: 60_000 }, () => {
  it('ends with exit code 1 for a secret, and does not print the secret', async () => {
    const { folder, write, commit } = await repository();
    const secret = token();
    write('a.txt', `key = ${secret}\n`);
    const added = await commit('add');
    const { exitCode, stdout, stderr } = await run('secrets', '--repository', folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`a.txt:1  commit ${added.slice(0, 12)}  github-pat: `);
    expect(stderr).toContain('Revoke each real secret.');
    expect(stdout).toMatch(/^2 commits in \d+ s: 1 possible secrets, 0 reviewed places without a secret$/);
    expect(stdout + stderr).not.toContain(secret.slice(4, 20));
  });

  it('ends with exit code 0 for a history without secrets', async () => {
    const { folder } = await repository();
    const { exitCode, stderr } = await run('secrets', '--repository', folder);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('ends with exit code 2 for a folder without a repository', async () => {
    const { exitCode, stderr } = await run('secrets', '--repository', folderWith({}));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /: the history cannot be read \(fatal: not a git repository.*\)\. Check that this folder is a clone/,
    );
  });
});

it('the scan for secrets refuses a shallow clone', async () => {
  const { folder, commit } = await repository();
  await commit('second');
  const clone = folderWith({});
  await execa('git', ['clone', '--quiet', '--depth', '1', `file://${folder}`, clone]);
  await expect(commitsOf(clone)).rejects.toThrow(/the clone is shallow, .*git fetch --unshallow/);
  expect(await commitsOf(folder)).toBe(2);
});

describe('the report of the scan for secrets', () => {
  const found: Found = {
    rule: 'r',
    what: 'a thing',
    commit: 'c'.repeat(40),
    file: 'test/a.ts',
    line: 1,
    text: 'invented',
  };
  const review = { text: /^invented$/, files: 'test/', reason: 'test' };

  it('contains no failure for a reviewed text', () => {
    expect(secretsReport([found], [review])).toEqual({ failures: [], reviewed: 1, unused: [] });
  });

  it('has one failure for a text that matches two rules', () => {
    const { failures } = secretsReport([found, { ...found, rule: 's' }], []);
    expect(failures).toEqual([`test/a.ts:1  commit ${'c'.repeat(12)}  r: a thing; s: a thing`]);
  });

  it.each<[what: string, other: Partial<Found>]>([
    ['is in the list of reviewed texts only for another folder', { file: 'demo/a.ts' }],
    ['has one character more than a reviewed text', { text: 'invented2' }],
  ])('contains a failure for a text that %s', (_what, other) => {
    const { failures, unused } = secretsReport([{ ...found, ...other }], [review]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).not.toContain('invented');
    expect(unused).toEqual([review]);
  });
});

it('every exception of the scan for secrets has a reason of more than 20 characters', () => {
  for (const { text, reason } of reviewed) {
    expect(text.source).toMatch(/^\^.*\$$/);
    expect(reason.length).toBeGreaterThan(20);
  }
});

it('the scanner for secrets converts every pattern of the plan review to Go syntax', () => {
  expect(secretForms.length).toBeGreaterThan(10);
  for (const { what, form } of secretForms) expect(goPattern(form), what).not.toMatch(/\(\?[=!<]/);
  expect(goPattern(/(?<![\w-])eyJ/)).toBe('eyJ');
  expect(goPattern(/a:\/\/b/i)).toBe('(?i)a:\\/\\/b');
});

it('the scan for secrets reports no secret in reviewed.ts, the list of exceptions', {
  timeout: 60_000,
}, async () => {
  const { folder, write, commit } = await repository();
  const list = readFileSync(join(root, 'delivery/supply-chain/secrets/reviewed.ts'), 'utf8');
  expect(list).toContain('export const reviewed');
  write('reviewed.ts', list);
  await commit('copy');
  expect(await scan(folder)).toEqual([]);
});
