import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotPossibleNow } from '../../console/index.ts';
import type { Disk } from './fault.ts';

const run = promisify(execFile);

export class LimitedDisk implements Disk {
  readonly #pid: () => number | undefined;
  readonly #wal: string;

  /** @param wal folder of the write-ahead log */
  constructor(pid: () => number | undefined, wal: string) {
    this.#pid = pid;
    this.#wal = wal;
  }

  async fill(): Promise<void> {
    const pid = this.#pid();
    if (pid === undefined) throw new NotPossibleNow('Prometheus has no process. Start prometheus first.');
    try {
      // In prlimit, a value without a trailing colon lowers the hard limit.
      await run('prlimit', ['--pid', String(pid), `--fsize=${await this.#segmentBytes()}:`]);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      throw new NotPossibleNow(
        'This machine has no program prlimit, which this fault needs. On Linux, install the package util-linux. On macOS, this fault is not possible.',
      );
    }
  }

  async isFull(): Promise<boolean> {
    const pid = this.#pid();
    if (pid === undefined) return false;
    const limits = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => '');
    return /^Max file size +\d/m.test(limits);
  }

  async #segmentBytes(): Promise<number> {
    const segments = (await readdir(this.#wal).catch(() => [])).filter((name) => /^\d+$/.test(name)).sort();
    const newest = segments.at(-1);
    return newest === undefined ? 0 : (await stat(join(this.#wal, newest))).size;
  }
}
