import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NotPossibleNow } from '../../console/index.ts';
import type { SlowScrapes } from './fault.ts';

const run = promisify(execFile);

const pollMs = 50;

/** A named pipe in the text file folder. A scrape waits until the writer closes the pipe. */
export class SlowFile implements SlowScrapes {
  readonly #path: string;
  #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async delay(delayMs: number): Promise<void> {
    await this.release();
    await this.#newPipe().catch((error: Error & { code?: unknown }) => {
      if (error.code === 'ENOENT')
        throw new NotPossibleNow(
          'This machine has no program mkfifo, which this fault needs. Install the package coreutils.',
        );
      throw error;
    });
    this.#ended = new AbortController();
    this.#loop = this.#serve(delayMs, this.#ended.signal);
  }

  async release(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
    // The rename prevents that a new scrape opens the named pipe.
    const renamed = `${this.#path}.ended`;
    await rename(this.#path, renamed).catch(unlessAbsent);
    // A scrape that already reads the named pipe ends only after a writer closes the pipe.
    const writer = await openForScrape(renamed);
    await rm(renamed, { force: true });
    await writer?.close();
  }

  /** Creates a new pipe for the next scrape. The current scrape continues to read the old pipe. */
  async #newPipe(): Promise<void> {
    const next = `${this.#path}.next`;
    await rm(next, { force: true });
    await run('mkfifo', [next]);
    await rename(next, this.#path);
  }

  async #serve(delayMs: number, signal: AbortSignal): Promise<void> {
    const holds: Promise<void>[] = [];
    while (!signal.aborted) {
      const writer = await openForScrape(this.#path);
      if (writer) {
        // Each pipe needs exactly one writer. A second writer would keep the scrape open.
        await this.#newPipe();
        holds.push(hold(writer, delayMs, signal));
      }
      await delay(pollMs, undefined, { signal }).catch(() => {});
    }
    await Promise.all(holds);
  }
}

async function hold(writer: FileHandle, delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => {});
  await writer.close();
}

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
