import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotPossibleNow } from '../../console/index.ts';
import type { Disk } from './fault.ts';

const run = promisify(execFile);

/**
 * Makes the disk look full for one process. RLIMIT_FSIZE makes the kernel refuse every write that would extend a file
 * beyond the size of the newest segment of the write-ahead log. The process gets the error EFBIG; a full disk gives
 * ENOSPC. The limit needs neither root nor a separate file system, and ends with the process.
 */
export class LimitedDisk implements Disk {
  readonly #pid: () => number | undefined;
  readonly #wal: string;

  /**
   * @param pid undefined without a process
   * @param wal folder of the write-ahead log
   */
  constructor(pid: () => number | undefined, wal: string) {
    this.#pid = pid;
    this.#wal = wal;
  }

  async fill(): Promise<void> {
    const pid = this.#pid();
    if (pid === undefined) throw new NotPossibleNow('Prometheus has no process. Start prometheus first.');
    try {
      // Because of the colon at the end, prlimit changes only the soft limit.
      await run('prlimit', ['--pid', String(pid), `--fsize=${await this.#segmentBytes()}:`]);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      throw new NotPossibleNow(
        'This machine has no program prlimit, which limits the files of a process. Linux has it in the package util-linux; macOS does not have it.',
      );
    }
  }

  async isFull(): Promise<boolean> {
    const pid = this.#pid();
    if (pid === undefined) return false;
    // Both this file and the limit exist only on Linux.
    const limits = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => '');
    return /^Max file size +\d/m.test(limits);
  }

  /** Bytes of the newest segment of the write-ahead log; 0 without a segment. */
  async #segmentBytes(): Promise<number> {
    const segments = (await readdir(this.#wal).catch(() => [])).filter((name) => /^\d+$/.test(name)).sort();
    const newest = segments.at(-1);
    return newest === undefined ? 0 : (await stat(join(this.#wal, newest))).size;
  }
}
