import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotPossibleNow } from '../../console/index.ts';
import type { Disk } from './fault.ts';

const run = promisify(execFile);

/**
 * Makes the disk appear full to one process. The kernel refuses every write that would make a file larger than the
 * newest segment of the write-ahead log (RLIMIT_FSIZE). The process receives the error EFBIG; on a full disk, the error
 * is ENOSPC. The limit needs no rights of root and no file system of its own, and it ends with the process.
 */
export class LimitedDisk implements Disk {
  readonly #pid: () => number | undefined;
  readonly #wal: string;

  /**
   * @param pid process id; undefined while the component has no process
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
      // The colon keeps the hard limit.
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
    // Only Linux has this file, and only Linux has the limit.
    const limits = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => '');
    return /^Max file size +\d/m.test(limits);
  }

  /** Bytes of the newest segment of the write-ahead log; 0 if there is none. */
  async #segmentBytes(): Promise<number> {
    const segments = (await readdir(this.#wal).catch(() => [])).filter((name) => /^\d+$/.test(name)).sort();
    const newest = segments.at(-1);
    return newest === undefined ? 0 : (await stat(join(this.#wal, newest))).size;
  }
}
