import {
  closeSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
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

describe('the log of a component', () => {
  it('is continued after a restart, and is renamed if it is too large', () => {
    writeFileSync(log, 'before');
    closeSync(openLog(log));
    expect(readFileSync(log, 'utf8')).toBe('before');
    truncateSync(log, tooLong);
    closeSync(openLog(log));
    expect([statSync(log).size, statSync(`${log}.1`).size]).toEqual([0, tooLong]);
  });

  it('is emptied by `boundLog` if the log is too large', async () => {
    writeFileSync(log, 'short');
    await boundLog(log);
    expect(readFileSync(log, 'utf8')).toBe('short');
    truncateSync(log, tooLong);
    await boundLog(log);
    expect(statSync(log).size).toBe(0);
    await boundLog(join(folder, 'none.log'));
  });

  it('starts again at byte 0 after `boundLog` has emptied the open file', async () => {
    const file = openLog(log);
    try {
      writeSync(file, 'x'.repeat(tooLong));
      await boundLog(log);
      writeSync(file, 'after');
      expect(readFileSync(log, 'utf8')).toBe('after');
    } finally {
      closeSync(file);
    }
  });

  it('provides its last lines for an error message', async () => {
    writeFileSync(log, 'one\ntwo\nthree\n');
    expect(await lastLines(log, 2)).toEqual(['two', 'three']);
    expect(await lastLines(join(folder, 'none.log'), 2)).toEqual([]);
    writeFileSync(log, '');
    expect(await lastLines(log, 2)).toEqual([]);
  });
});
