import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NotPossibleNow } from '../../console/index.ts';
import type { SlowScrapes } from './fault.ts';

const run = promisify(execFile);

/** Milliseconds between two checks whether a scrape has opened the file. */
const pollMs = 50;

/**
 * A named pipe (FIFO) in the folder of the node exporter's text files. A scrape opens the pipe and reads until the
 * writer closes it. This is what a file on a slow network share does.
 */
export class SlowFile implements SlowScrapes {
  readonly #path: string;
  #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async delay(delayMs: number): Promise<void> {
    await this.release();
    await run('mkfifo', [this.#path]).catch((error: Error & { code?: unknown }) => {
      if (error.code === 'ENOENT') throw new NotPossibleNow('This machine has no program mkfifo.');
      throw error;
    });
    this.#ended = new AbortController();
    this.#loop = this.#serve(delayMs, this.#ended.signal);
  }

  async release(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
    // No scrape opens the pipe after it is renamed. A scrape that waits in `open` continues only after a writer has
    // opened the pipe.
    const renamed = `${this.#path}.ended`;
    await rename(this.#path, renamed).catch(unlessAbsent);
    const writer = await openForScrape(renamed);
    await rm(renamed, { force: true });
    await writer?.close();
  }

  async #serve(delayMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const writer = await openForScrape(this.#path);
      await delay(writer ? delayMs : pollMs, undefined, { signal }).catch(() => {});
      await writer?.close();
    }
  }
}

/** Opens the pipe for writing if a scrape waits for it. Returns undefined if no scrape waits, or there is no pipe. */
async function openForScrape(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ENXIO') return undefined;
    return unlessAbsent(error);
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

function unlessAbsent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
