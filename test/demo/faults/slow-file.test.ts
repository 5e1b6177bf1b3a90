import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SlowFile } from '../../../demo/faults/slow-file.ts';

let folder: string;
let path: string;
let file: SlowFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slow-'));
  path = join(folder, 'slow.prom');
  file = new SlowFile(path);
});
afterEach(async () => {
  await file.release();
  rmSync(folder, { recursive: true, force: true });
});

async function scrape(): Promise<number> {
  const started = performance.now();
  expect(await readFile(path, 'utf8')).toBe('');
  return performance.now() - started;
}

describe('the class SlowFile', () => {
  it('delays every read by the given time', async () => {
    await file.delay(900);
    expect(await scrape()).toBeGreaterThanOrEqual(890);
    expect(await scrape()).toBeGreaterThanOrEqual(890);
    await file.delay(100);
    const [once] = await Promise.all([scrape()]);
    expect(once).toBeGreaterThanOrEqual(95);
    expect(once).toBeLessThan(890);
  });

  it('delays each of two overlapping reads by the full time', async () => {
    await file.delay(400);
    const pipe = statSync(path).ino;
    const first = scrape();
    await vi.waitFor(() => expect(statSync(path).ino).not.toBe(pipe));
    const second = scrape();
    expect(await first).toBeGreaterThanOrEqual(390);
    expect(await second).toBeGreaterThanOrEqual(390);
  });

  it('ends open reads when the file is deleted', async () => {
    await file.delay(60_000);
    const reading = scrape();
    await file.release();
    expect(existsSync(path)).toBe(false);
    expect(await reading).toBeLessThan(10_000);
  });

  it('deletes the file of an earlier process when `release` runs', async () => {
    execFileSync('mkfifo', [path]);
    const reading = scrape();
    await file.release();
    expect(existsSync(path)).toBe(false);
    await reading;
  });

  it('reports no error if `release` runs before `delay`', async () => {
    await expect(file.release()).resolves.toBeUndefined();
  });
});
