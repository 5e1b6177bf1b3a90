import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { open, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';

const limitBytes = 10 * 1024 * 1024;
const tailBytes = 64 * 1024;

/**
 * Opens a log for appending. Renames a log that is too large.
 * @returns the file descriptor
 */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > limitBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

/** Empties a log that is too large. A program that appends to the log continues at the new end. */
export async function boundLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (s) => s.size,
    () => 0,
  );
  if (size > limitBytes) await truncate(path).catch(() => {});
}

/** The last lines of a log, at most 64 KiB. Empty if the log is missing or empty. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  const file = await open(path).catch(() => undefined);
  if (!file) return [];
  try {
    const { size } = await file.stat();
    const length = Math.min(size, tailBytes);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.toString('utf8').trimEnd();
    return text === '' ? [] : text.split('\n').slice(-count);
  } finally {
    await file.close();
  }
}
