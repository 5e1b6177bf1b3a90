import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('the gate counts the tests, and lists each failure with its file and message', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const imports = "import { afterAll, beforeAll, describe, expect, it } from 'vitest';";
  const files = {
    sum: "it('adds', () => expect(1 + 1).toBe(2)); it('subtracts', () => expect(3 - 1).toBe(1));",
    slow: "it('waits', () => new Promise(() => {}), 50);",
    hook: "describe('a suite', () => { beforeAll(() => { throw new Error('no port'); }); it('runs', () => {}); });",
    teardown: "afterAll(() => { throw new Error('no folder'); }); it('ends', () => {});",
    unhandled: "it('leaves a promise', () => { void Promise.reject(new Error('nobody waits')); });",
    broken: "import './absent.ts';",
  };
  for (const [name, code] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.test.ts`), `${imports}\n${code}\n`);
  }
  const reports = join(folder, 'reports');
  const run = await execa(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--root', folder, '--reporter', join(root, '.ci/reporter.mjs')],
    ],
    { cwd: folder, env: { TEST_RESULTS: reports }, reject: false, timeout: 18_000 },
  );
  expect(run.exitCode, run.stderr).toBe(1);

  const summary = await execa(process.execPath, [join(root, '.ci/results.mjs'), reports]);

  expect(summary.stdout).toBe('3 2');
  expect(summary.stderr).toContain('× sum.test.ts: subtracts\nexpected 2 to be 1');
  expect(summary.stderr).toContain('× slow.test.ts: waits\nTest timed out in 50ms.');
  expect(summary.stderr).toContain('× hook.test.ts: a suite\nno port');
  expect(summary.stderr).toContain('× teardown.test.ts\nno folder');
  expect(summary.stderr).toContain('× outside of the tests\nnobody waits');
  expect(summary.stderr).toMatch(/× broken\.test\.ts\n.*absent\.ts/);
  expect(summary.stderr).not.toContain('adds');
});
