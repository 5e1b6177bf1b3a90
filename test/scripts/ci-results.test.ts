import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('the summary of the gate counts the tests, and lists each failed test with its file and message', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-results-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'sum.test.ts'),
    `import { expect, it } from 'vitest';
     it('adds', () => expect(1 + 1).toBe(2));
     it('subtracts', () => expect(3 - 1).toBe(1));`,
  );
  writeFileSync(join(folder, 'broken.test.ts'), `import './absent.ts';`);
  const reports = join(folder, 'reports');
  mkdirSync(reports);
  const report = `--outputFile=${join(reports, '1.json')}`;
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = await execa(process.execPath, [vitest, 'run', '--root', folder, '--reporter=json', report], {
    cwd: folder,
    reject: false,
    timeout: 15_000,
  });
  expect(run.exitCode, run.stderr).toBe(1);

  const summary = await execa(process.execPath, [join(root, '.ci/results.mjs'), reports], { cwd: folder });
  rmSync(folder, { recursive: true });

  expect(summary.stdout).toBe('1 1');
  expect(summary.stderr).toContain('× sum.test.ts: subtracts\nAssertionError: expected 2 to be 1');
  expect(summary.stderr).toMatch(/× broken\.test\.ts: .*absent\.ts/);
  expect(summary.stderr).not.toContain('adds');
});
