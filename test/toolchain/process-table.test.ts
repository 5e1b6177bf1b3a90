import { spawn, spawnSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { fromProc, fromPs } from '../../toolchain/process-table.ts';

const lookups = [
  { name: 'proc(5)', lookup: fromProc, isThere: process.platform === 'linux' },
  { name: 'ps(1)', lookup: fromPs, isThere: spawnSync('ps', ['-p', '1']).error === undefined },
].filter(({ isThere }) => isThere);

it.each(lookups)(
  '$name returns the parent, memory and command of each running process',
  async ({ lookup }) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'an argument'], {
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = spawnSync(process.execPath, ['--version']).pid;
    const found = await lookup([child.pid as number, ended]);
    expect(found).toEqual([
      {
        pid: child.pid,
        parent: process.pid,
        rssBytes: expect.any(Number),
        command: expect.stringMatching(/setInterval.* an argument$/),
      },
    ]);
    expect(found[0]?.rssBytes).toBeGreaterThan(1_000_000);
  },
);

it('the process table is empty for an empty list of pids', async () => {
  expect(lookups).not.toEqual([]);
  for (const { lookup } of lookups) expect(await lookup([])).toEqual([]);
});
