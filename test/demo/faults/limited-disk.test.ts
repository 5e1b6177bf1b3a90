import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotPossibleNow } from '../../../console/index.ts';
import { LimitedDisk } from '../../../demo/faults/limited-disk.ts';

const writer = `
const { appendFileSync } = require('node:fs');
process.on('SIGXFSZ', () => {});
process.stdin.on('data', () => {
  try {
    appendFileSync(process.argv[1], 'one more record\\n');
    console.log('written');
  } catch ({ code }) {
    console.log(code);
  }
});
`;
const isLinux = process.platform === 'linux';

let folder: string;
let child: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'disk-'));
  mkdirSync(join(folder, 'wal', 'checkpoint.00000001'), { recursive: true });
  writeFileSync(join(folder, 'wal', '00000001'), 'x'.repeat(9000));
  writeFileSync(join(folder, 'wal', '00000002'), 'x'.repeat(5000));
  child = spawn(process.execPath, ['-e', writer, join(folder, 'wal', '00000002')]);
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function write(): Promise<string> {
  const outcome = new Promise<string>((resolve) =>
    child.stdout?.once('data', (text) => resolve(String(text).trim())),
  );
  child.stdin?.write('\n');
  return outcome;
}

const disk = () => new LimitedDisk(() => child.pid, join(folder, 'wal'));

describe('a simulated full disk', () => {
  it('refuses a write to the newest segment of the write-ahead log', async () => {
    expect(await disk().isFull()).toBe(false);
    expect(await write()).toBe('written');
    const { size } = statSync(join(folder, 'wal', '00000002'));
    const filled = disk().fill();
    // Only Linux can limit the file size of a running process. The fault is refused on other systems.
    if (!isLinux) return expect(filled).rejects.toThrow(NotPossibleNow);
    await filled;
    expect(await disk().isFull()).toBe(true);
    expect(await write()).toBe('EFBIG');
    expect(statSync(join(folder, 'wal', '00000002')).size).toBe(size);
  });

  it('stays full if `fill` is called twice', async () => {
    if (!isLinux) return expect(disk().fill()).rejects.toThrow(NotPossibleNow);
    await disk().fill();
    await disk().fill();
    expect(await disk().isFull()).toBe(true);
  });

  it('is not possible if the process that writes to the disk does not run', async () => {
    const absent = new LimitedDisk(() => undefined, join(folder, 'wal'));
    await expect(absent.fill()).rejects.toThrow(NotPossibleNow);
    expect(await absent.isFull()).toBe(false);
  });
});
