import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { planText } from './draft-plan.ts';
import { type RecordedPlan, recordedText } from './recorded.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '../..');

const run = (...args: readonly string[]) =>
  execa(process.execPath, ['--import', 'tsx', 'review/main.ts', ...args], {
    cwd: root,
    reject: false,
    timeout: 60_000,
  });

function file(name: RecordedPlan): string {
  const path = join(temporaryFolder(), `${name}.json`);
  writeFileSync(path, recordedText(name));
  return path;
}

describe('npm run plan:review', { timeout: 60_000 }, () => {
  it('exits with code 0 for a plan without a dangerous change', async () => {
    const { exitCode, stdout, stderr } = await run(`local-workloads=${file('functions-image-tag')}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^# Plan review: review\n/);
    expect(stdout).toContain('| local-workloads | 0 | 3 | 0 | 0 | review |');
  });

  it('exits with code 1 for a dangerous change', async () => {
    const out = join(temporaryFolder(), 'new', 'folder');
    const { exitCode, stdout } = await run(file('nats-replicas-1-to-3'), '--format', 'json', '--out', out);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, tier: 'irreversible', policy: { failed: true } });
    expect(readFileSync(join(out, 'review.json'), 'utf8').trim()).toBe(stdout);
    expect(readFileSync(join(out, 'review.md'), 'utf8')).toContain('nats-becomes-cluster');
    expect(JSON.parse(readFileSync(join(out, 'review.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it('exits with code 0 for a dangerous change that the operator accepts', async () => {
    const path = file('nats-replicas-1-to-3');
    expect((await run(path, '--accept', 'nats-becomes-cluster')).exitCode).toBe(0);
    expect((await run(path, '--fail-on', 'never')).exitCode).toBe(0);
  });

  it('exits with code 2 for a plan that it cannot review', async () => {
    const folder = temporaryFolder();
    const secret = 'hunter2-hunter2';
    const release = { name: 'r', namespace: 'n', values: [`{"password":"${secret}"}`] };
    const withSecret = planText([
      {
        address: 'helm_release.r',
        mode: 'managed',
        type: 'helm_release',
        name: 'r',
        change: {
          actions: ['create'],
          before: null,
          after: release,
          after_unknown: {},
          before_sensitive: false,
          after_sensitive: false,
        },
      },
    ]);
    for (const [name, text] of [
      ['secret.json', withSecret],
      ['truncated.json', withSecret.slice(0, -20)],
    ] as const) {
      writeFileSync(join(folder, name), text);
      const { exitCode, stdout, stderr } = await run(join(folder, name));
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).not.toContain(secret);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stderr).toMatch(/Expected: no secrets|may be truncated/);
    }
  });

  it('rejects the name of a rule that does not exist', async () => {
    const { exitCode, stderr } = await run('a.json', '--accept', 'no-such-rule');
    expect(stderr).toContain('No rule has this name');
    expect(exitCode).toBe(1);
  });
});
