import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restoreDrill } from '../../restore/drill.ts';
import type { Part } from '../../restore/part.ts';
import { exitCodeOf } from '../../restore/result.ts';
import type { RestoreSystem } from '../../restore/store.ts';
import { FakeStore, fakeSystem } from './fake-system.ts';

const parts: readonly Part[] = [
  { name: 'job a', count: 10, unit: 'samples', digest: 'a' },
  { name: 'job b', count: 5, unit: 'samples', digest: 'b' },
];

function drill(system: RestoreSystem, signal = new AbortController().signal, log: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return restoreDrill(system, {
    folder,
    signal,
    say: (sentence) => log.push(`say ${sentence}`),
    onStop: (stores) => log.push(`journal ${stores.join(' ')}`),
    pollMs: 2,
  });
}

describe('the restore drill', () => {
  it('stops every program before it deletes data', async () => {
    const log: string[] = [];
    const stores = ['one', 'two'].map((name) => new FakeStore(name, parts, log));
    const result = await drill(fakeSystem(stores, log), undefined, log);
    const last = (step: string) => log.findLastIndex((line) => line.startsWith(step));
    const first = (step: string) => log.findIndex((line) => line.startsWith(step));
    expect(last('record')).toBeLessThan(first('journal'));
    expect(first('journal')).toBeLessThan(first('backup'));
    expect(last('backup')).toBeLessThan(first('stop'));
    expect(last('stop')).toBeLessThan(first('erase'));
    expect(log.at(-1)).toBe('tidy');
    expect(result.stores.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
    expect(exitCodeOf(result)).toBe(0);
  });

  it('restarts the programs and deletes no data if a backup folder cannot be created', async () => {
    const log: string[] = [];
    const stores = ['one', 'two'].map((name) => new FakeStore(name, parts, log));
    const folder = mkdtempSync(join(tmpdir(), 'restore-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'two'), 'a file, not a folder');
    const ended = restoreDrill(fakeSystem(stores, log), {
      ...{ folder, signal: new AbortController().signal, say: () => undefined, onStop: () => undefined },
    });
    await expect(ended).rejects.toThrow(
      /^The drill could not read or back up the data of the store two .*Nothing was deleted\./,
    );
    expect(log.filter((line) => line.startsWith('erase'))).toEqual([]);
    expect(log.filter((line) => line.startsWith('start')).sort()).toEqual(['start one', 'start two']);
  });

  it('measures the recovery time and the recovery point', async () => {
    const log: string[] = [];
    const store = new FakeStore('one', parts, log);
    const backup = store.backup.bind(store);
    Object.assign(store, {
      backup: async (folder: string) => ({ ...(await backup(folder)), completeUntil: Date.now() - 10_000 }),
      newest: async (before: number) => before - 4000,
    });
    const result = await drill(fakeSystem([store], log));
    expect(result.stores[0]).toMatchObject({ recoverySeconds: expect.any(Number), lostSeconds: 4 });
    expect(result.recoverySeconds).toBeGreaterThanOrEqual(result.stores[0]?.recoverySeconds ?? 1);
  });

  it('counts no data loss for the time before the backup', async () => {
    const log: string[] = [];
    const store = new FakeStore('one', parts, log);
    Object.assign(store, { newest: async (before: number) => before - 60_000 });
    const result = await drill(fakeSystem([store], log));
    expect(result.stores[0]?.lostSeconds).toBeLessThan(10);
  });

  it('fails if a restore is incomplete', async () => {
    const log: string[] = [];
    const [complete, damaged] = ['one', 'two'].map((name) => new FakeStore(name, parts, log));
    if (!complete || !damaged) throw new Error('two stores expected');
    damaged.damage = ([first]) => (first ? [{ ...first, count: 9 }] : []);
    const result = await drill(fakeSystem([complete, damaged], log));
    expect(result.stores.map(({ verdict }) => verdict)).toEqual(['passed', 'failed']);
    expect(result.stores[1]?.problems.map(({ message }) => message)).toEqual([
      'job a has 9 of 10 samples.',
      'job b is missing: expected 5 samples.',
    ]);
    expect(result.recoverySeconds).toBeUndefined();
    expect(exitCodeOf(result)).toBe(1);
  });

  it('restores the other stores if the restore of one store fails', async () => {
    const log: string[] = [];
    const broken = new FakeStore('one', parts, log, { restore: new Error('the file is damaged') });
    const result = await drill(fakeSystem([broken, new FakeStore('two', parts, log)], log));
    expect(result.stores.map(({ verdict }) => verdict)).toEqual(['failed', 'passed']);
    expect(result.stores[0]?.problems[0]).toEqual({ step: 'restore', message: 'the file is damaged' });
    expect(exitCodeOf(result)).toBe(1);
  });

  it('restores a store also if the deletion of its data fails', async () => {
    const log: string[] = [];
    const broken = new FakeStore('one', parts, log, { erase: new Error('busy') });
    const result = await drill(fakeSystem([broken], log));
    expect(log).toContain('restore one');
    expect(exitCodeOf(result)).toBe(1);
  });

  it('fails if the system does not work after the restore', async () => {
    const log: string[] = [];
    const problems = async () => ['targets: 1 of 12 is down'];
    const result = await drill(fakeSystem([new FakeStore('one', parts, log)], log, { problems }));
    expect(exitCodeOf(result)).toBe(1);
  });

  it('keeps the data of a store if the mark file `deleted` cannot be written', async () => {
    const log: string[] = [];
    const stores = ['one', 'two'].map((name) => new FakeStore(name, parts, log));
    const backup = async (folder: string) => {
      mkdirSync(join(folder, 'deleted'));
      return { completeUntil: Date.now(), bytes: 100 };
    };
    Object.assign(stores[0] as FakeStore, { backup });
    const result = await drill(fakeSystem(stores, log));
    expect(result.stores.map(({ verdict }) => verdict)).toEqual(['failed', 'passed']);
    expect(log).not.toContain('erase one');
    expect(log).toContain('start one');
  });

  it('deletes nothing if a backup fails', async () => {
    const log: string[] = [];
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    const store = new FakeStore('two', parts, log, { backup: full });
    await expect(drill(fakeSystem([new FakeStore('one', parts, log), store], log))).rejects.toThrow(
      /The drill could not read or back up the data of the store two of Fake. Nothing was deleted.\nThe disk is full .* Free some space/,
    );
    expect(log.filter((line) => /^(stop|erase)/.test(line))).toEqual([]);
    expect(log.at(-1)).toBe('tidy');
  });

  it('starts the program of each store again if the backup of one store fails', async () => {
    const log: string[] = [];
    const store = new FakeStore('one', parts, log, { backup: new Error('refused') });
    await expect(drill(fakeSystem([store, new FakeStore('two', parts, log)], log))).rejects.toThrow(
      'refused',
    );
    expect(log.filter((line) => line.startsWith('start'))).toEqual(['start one', 'start two']);
  });

  it('deletes nothing if the user ends the drill before the first deletion', async () => {
    const log: string[] = [];
    const abort = new AbortController();
    abort.abort();
    await expect(drill(fakeSystem([new FakeStore('one', parts, log)], log), abort.signal)).rejects.toThrow(
      'The drill was interrupted before it deleted data. Start the drill again.',
    );
    expect(log).toEqual(['prepare', 'tidy']);
  });

  it('restores a store if the user interrupts the drill during the deletion', async () => {
    const log: string[] = [];
    const abort = new AbortController();
    const store = new FakeStore('one', parts, log);
    const erase = store.erase.bind(store);
    store.erase = async () => {
      abort.abort();
      await erase();
    };
    const said: string[] = [];
    const result = await drill(fakeSystem([store], log), abort.signal, said);
    expect(result.stores[0]?.verdict).toBe('passed');
    expect(log).toContain('restore one');
    expect(said).toContain('say Interrupted: restores every store before the drill ends.');
  });
});
