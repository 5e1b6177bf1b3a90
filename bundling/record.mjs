/**
 * A record of the files that a bundle was made of. A later start reads it and skips the bundling when nothing changed.
 * Plain JavaScript, because the entry points read the record before any bundle runs.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A source whose modification time is this close to the start of the bundling may have changed after esbuild read it.
 */
const clockGrainMs = 50;

/**
 * Whether a record with this key exists, and every source and output still has the recorded size and modification
 * time.
 */
export function isUpToDate(record, key) {
  try {
    const { key: then, files } = JSON.parse(readFileSync(record, 'utf8'));
    return then === key && Object.entries(files).every(([path, seen]) => stamp(path) === seen);
  } catch {
    return false;
  }
}

/** Writes the record next to the outputs, unless a source changed during the bundling. */
export function remember(record, { key, sources, outputs, startedAt }) {
  const stamps = [...sources, ...outputs].map((path) => [path, stamp(path)]);
  const unsettled = sources.some((path) => statOf(path)?.mtimeMs > startedAt - clockGrainMs);
  if (!unsettled) writeFileSync(record, JSON.stringify({ key, files: Object.fromEntries(stamps) }));
}

/** Deletes outputs of earlier bundles after a day. A running process may still load a younger file. */
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
