/** Record of the sources and outputs of a bundle. The file must be JavaScript: Node runs the file directly. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The modification time of a new file can be earlier than `Date.now()` by this many milliseconds. */
const clockGrainMs = 50;

export function isUpToDate(record, key) {
  try {
    const { key: then, files } = JSON.parse(readFileSync(record, 'utf8'));
    return then === key && Object.entries(files).every(([path, seen]) => stamp(path) === seen);
  } catch {
    return false;
  }
}

/** Writes no record if a source changed during the bundling, because the bundle may contain the old source. */
export function remember(record, { key, sources, outputs, startedAt }) {
  const stamps = [...sources, ...outputs].map((path) => [path, stamp(path)]);
  const unsettled = sources.some((path) => statOf(path)?.mtimeMs > startedAt - clockGrainMs);
  if (!unsettled) writeFileSync(record, JSON.stringify({ key, files: Object.fromEntries(stamps) }));
}

/** Deletes old outputs only after a day, because a running process may still load them. */
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
