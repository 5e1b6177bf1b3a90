/**
 * What a bundle was made of, so that the next start need not make it again. Plain JavaScript, because `start.mjs` asks
 * before there is a bundle to run.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that was written this shortly before the bundling may have been written after it was read. */
const clockGrainMs = 50;

/** Whether a record was left with this key, and its sources and outputs are as they were then, by size and time. */
export function isUpToDate(record, key) {
  try {
    const { key: then, files } = JSON.parse(readFileSync(record, 'utf8'));
    return then === key && Object.entries(files).every(([path, seen]) => stamp(path) === seen);
  } catch {
    return false;
  }
}

/** Leaves the record beside the outputs; none if a source changed while the bundle was made of it. */
export function remember(record, { key, sources, outputs, startedAt }) {
  const stamps = [...sources, ...outputs].map((path) => [path, stamp(path)]);
  const unsettled = sources.some((path) => statSync(path).mtimeMs > startedAt - clockGrainMs);
  if (!unsettled) writeFileSync(record, JSON.stringify({ key, files: Object.fromEntries(stamps) }));
}

/** Parts of earlier bundles stay for a day, in which a pipeline that runs may still load them. */
export async function forgetOld(folder, current) {
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    const age = Date.now() - (await stat(path).catch(() => undefined))?.mtimeMs;
    if (!current.includes(path) && age > 24 * 3600 * 1000) await rm(path, { force: true });
  }
}

function stamp(path) {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}
