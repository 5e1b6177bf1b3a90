import { closeSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundLog, lastLines, openLog } from '../../../demo/supervisor/log-file.ts';

const tooLong = 10 * 1024 * 1024 + 1;
let folder: string;
let log: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-file-'));
  log = join(folder, 'logs', 'component.log');
  closeSync(openLog(log));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a log', () => {
  it('continues at its end, and keeps a too large log as a predecessor', () => {
    writeFileSync(log, 'before');
    closeSync(openLog(log));
    expect(readFileSync(log, 'utf8')).toBe('before');
    truncateSync(log, tooLong);
    closeSync(openLog(log));
    expect([statSync(log).size, statSync(`${log}.1`).size]).toEqual([0, tooLong]);
  });

  it('is truncated while a program writes it if it is too large, and not otherwise', async () => {
    writeFileSync(log, 'short');
    await boundLog(log);
    expect(readFileSync(log, 'utf8')).toBe('short');
    truncateSync(log, tooLong);
    await boundLog(log);
    expect(statSync(log).size).toBe(0);
    await boundLog(join(folder, 'none.log'));
  });

  it('returns its last lines for an error message', async () => {
    writeFileSync(log, 'one\ntwo\nthree\n');
    expect(await lastLines(log, 2)).toEqual(['two', 'three']);
    expect(await lastLines(join(folder, 'none.log'), 2)).toEqual([]);
  });
});
