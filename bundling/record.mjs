/**
 * A record of the source files of a bundle. A later start reads the record and skips the bundling if nothing has
 * changed. This is plain JavaScript, because the entry points read the record before any bundle runs.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Milliseconds. If the modification time of a source is this close to the start of the bundling, the source may have
 * changed after esbuild read it.
 */
const clockGrainMs = 50;

/**
 * Whether a record with this key exists and is valid: every source and output still has the recorded size and
 * modification time.
 */
export function isUpToDate(record, key) {
  try {
    const { key: then, files } = JSON.parse(readFileSync(record, 'utf8'));
    return then === key && Object.entries(files).every(([path, seen]) => stamp(path) === seen);
  } catch {
    return false;
  }
}

/** Writes the record next to the outputs. If a source has changed during the bundling, no record is written. */
export function remember(record, { key, sources, outputs, startedAt }) {
  const stamps = [...sources, ...outputs].map((path) => [path, stamp(path)]);
  const unsettled = sources.some((path) => statOf(path)?.mtimeMs > startedAt - clockGrainMs);
  if (!unsettled) writeFileSync(record, JSON.stringify({ key, files: Object.fromEntries(stamps) }));
}

/** Deletes outputs of earlier bundles that are older than a day. A running process may still load a newer file. */
export async function forgetOld(folder, current) {
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    const age = Date.now() - (await stat(path).catch(() => undefined))?.mtimeMs;
    if (!current.includes(path) && age > 24 * 3600 * 1000) await rm(path, { force: true });
  }
}

function stamp(path) {
  const stat = statOf(path);
  return stat ? `${stat.size} ${stat.mtimeMs}` : 'absent';
}

function statOf(path) {
  return statSync(path, { throwIfNoEntry: false });
}
