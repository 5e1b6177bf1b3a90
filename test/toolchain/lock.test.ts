import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { obtainPrograms } from '../../toolchain/index.ts';
import { withLock } from '../../toolchain/lock.ts';
import { fakeGo, workbench } from './workbench.ts';

const lockFile = () => join(workbench().root, 'lock');
const heldBy = (file: string, holder: { pid: number; host: string }) =>
  writeFileSync(file, JSON.stringify(holder));
const deadPid = () => spawnSync('/bin/sh', ['-c', ':']).pid;

describe('two processes that want the same program', () => {
  it('build it once: the second waits, says so, and takes what the first made', async () => {
    const bench = workbench({ PROGRAMS_FROM: 'source' });
    const calls = fakeGo(bench, {});
    const [first, second] = await Promise.all([obtainPrograms(bench.options), obtainPrograms(bench.options)]);
    expect(second).toEqual(first);
    expect(readFileSync(calls, 'utf8').match(/^build /gm)).toHaveLength(1);
    expect(bench.progress.filter(({ step }) => step === 'waiting')).toHaveLength(1);
  });
});

describe('the lock', () => {
  it('lets one in at a time', async () => {
    const file = lockFile();
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, {}, work)));
    expect(most).toBe(1);
  });

  it('is free again after a failure', async () => {
    const file = lockFile();
    await expect(withLock(file, {}, () => Promise.reject(new Error('broken')))).rejects.toThrowError(
      'broken',
    );
    expect(existsSync(file)).toBe(false);
  });

  it('of a process that is dead is taken over', async () => {
    const file = lockFile();
    heldBy(file, { pid: deadPid(), host: hostname() });
    expect(await withLock(file, {}, async () => 'in')).toBe('in');
  });

  it('of a live process is waited for until it is given up', async () => {
    const file = lockFile();
    heldBy(file, { pid: process.pid, host: hostname() });
    const giveUp = new AbortController();
    const onWait = () => giveUp.abort();
    const entered = withLock(file, { signal: giveUp.signal, onWait }, async () => 'in');
    await expect(entered).rejects.toThrowError();
    expect(existsSync(file)).toBe(true);
  });

  it('of another host is taken over only when it has long shown no sign of life', async () => {
    const file = lockFile();
    heldBy(file, { pid: deadPid(), host: 'elsewhere' });
    const giveUp = new AbortController();
    const waiting = withLock(file, { signal: giveUp.signal, onWait: () => giveUp.abort() }, async () => 'in');
    await expect(waiting).rejects.toThrowError();
    utimesSync(file, new Date(), new Date(Date.now() - 60_000));
    expect(await withLock(file, {}, async () => 'in')).toBe('in');
  });

  it('that a crash left unreadable is taken over', async () => {
    const file = lockFile();
    writeFileSync(file, '');
    expect(await withLock(file, {}, async () => 'in')).toBe('in');
  });

  it('shows a sign of life every two seconds for as long as it is held', async () => {
    const file = lockFile();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await withLock(file, {}, async () => {
        for (const _ of [1, 2]) {
          utimesSync(file, 0, 0);
          vi.advanceTimersByTime(2_000);
          await vi.waitFor(() => expect(Date.now() - statSync(file).mtimeMs).toBeLessThan(10_000));
        }
      });
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
