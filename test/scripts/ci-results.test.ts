import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');

async function failuresIn(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'ci-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const reports = join(folder, 'reports');
  const run = await execa(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--root', folder, '--reporter', join(root, '.ci/reporter.mjs')],
    ],
    { cwd: folder, env: { TEST_RESULTS: reports }, reject: false, timeout: 30_000 },
  );
  expect(run.exitCode, run.stderr).toBe(1);
  return execa(process.execPath, [join(root, '.ci/results.mjs'), reports]);
}

it('the gate counts the tests, and lists each failure with its file and message', async () => {
  const imports = "import { afterAll, beforeAll, describe, expect, it } from 'vitest';";
  const files = {
    sum: "it('adds', () => expect(1 + 1).toBe(2)); it('subtracts', () => expect(3 - 1).toBe(1));",
    thrown: "it('throws an object', () => { throw { code: 1 }; });",
    slow: "it('waits', () => new Promise(() => {}), 50);",
    hook: "describe('a suite', () => { beforeAll(() => { throw new Error('no port'); }); it('runs', () => {}); });",
    teardown: "afterAll(() => { throw new Error('no folder'); }); it('ends', () => {});",
    unhandled: "it('leaves a promise', () => { void Promise.reject(new Error('nobody waits')); });",
    broken: "import './absent.ts';",
  };
  const summary = await failuresIn(
    Object.fromEntries(
      Object.entries(files).map(([name, code]) => [`${name}.test.ts`, `${imports}\n${code}\n`]),
    ),
  );

  expect(summary.stdout).toBe('3 3');
  expect(summary.stderr).toContain('× sum.test.ts: subtracts\nexpected 2 to be 1');
  expect(summary.stderr).toContain('× thrown.test.ts: throws an object\nno message');
  expect(summary.stderr).toContain('× slow.test.ts: waits\nTest timed out in 50ms.');
  expect(summary.stderr).toContain('× hook.test.ts: a suite\nno port');
  expect(summary.stderr).toContain('× teardown.test.ts\nno folder');
  expect(summary.stderr).toContain('× outside of the tests\nnobody waits');
  expect(summary.stderr).toMatch(/× broken\.test\.ts\n.*absent\.ts/);
  expect(summary.stderr).not.toContain('adds');
}, 60_000);

it('the gate reports a failed global set-up', async () => {
  const summary = await failuresIn({
    'vitest.config.ts': "export default { test: { globalSetup: './setup.ts' } };",
    'setup.ts': "export default () => { throw new Error('port in use'); };",
    'sum.test.ts': "import { it } from 'vitest'; it('adds', () => {});",
  });
  expect(summary.stdout).toBe('0 0');
  expect(summary.stderr).toContain('× the global set-up failed');
}, 60_000);
