import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';

const module = join(import.meta.dirname, '../../demo/writable.ts');
/** Runs a process as an ordinary user, because root may write to every folder. */
const becomeNobody =
  process.getuid?.() === 0 ? 'process.setgroups([]); process.setgid(65534); process.setuid(65534);' : '';

/**
 * Checks a folder as an ordinary user.
 * @returns `yes`, or an error such as `EACCES /tmp/logs`
 */
async function answerFor(folder: string): Promise<string> {
  const sandbox = mkdtempSync(join(tmpdir(), 'asking-'));
  onTestFinished(() => rmSync(sandbox, { recursive: true }));
  chmodSync(sandbox, 0o755);
  const outfile = join(sandbox, 'writable.mjs');
  await build({ entryPoints: [module], outfile, bundle: true, platform: 'node', format: 'esm' });
  // The user `nobody` cannot start a Node that is installed in the home folder of root.
  // Therefore the script changes the user after the start of Node.
  const ask = `import('${outfile}').then(({ requireWritable }) => {
    ${becomeNobody}
    try { requireWritable([process.argv[1]]); console.log('yes'); }
    catch ({ code, path }) { console.log(code, path); }
  })`;
  return spawnSync(process.execPath, ['-e', ask, folder], {
    encoding: 'utf8',
    cwd: '/',
  }).stdout.trim();
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writable-'));
  onTestFinished(() => {
    for (const path of [folder, join(folder, 'logs')]) chmodSync(path, 0o755);
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, 'logs'));
  for (const path of [folder, join(folder, 'logs')]) chmodSync(path, 0o777);
  return folder;
}

it('the write check accepts a writable folder', async () => {
  expect(await answerFor(emptyFolder())).toBe('yes');
});

it('the write check refuses a folder without write permission', async () => {
  const folder = emptyFolder();
  chmodSync(folder, 0o555);
  expect(await answerFor(folder)).toBe(`EACCES ${folder}`);
});

it('the write check refuses a folder that contains a read-only file', async () => {
  const folder = emptyFolder();
  const log = join(folder, 'logs', 'prometheus.log');
  writeFileSync(log, '');
  chmodSync(log, 0o444);
  expect(await answerFor(folder)).toBe(`EACCES ${log}`);
});
