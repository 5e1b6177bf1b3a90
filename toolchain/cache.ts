import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import type { Platform } from './platform.ts';
import type { Program } from './programs.ts';

// A cache entry is a folder with a program and this manifest.json.
const manifest = z.object({
  size: z.number(),
  sha256: z.string(),
  mtimeMs: z.number(),
});

export type CachedOrigin = 'release' | 'source';

/** @param recipe hash of the build recipe; absent if the program was downloaded and not built */
export function entryFolder(
  cacheDir: string,
  program: Program,
  platform: Platform,
  origin: CachedOrigin,
  recipe?: string,
): string {
  const parts = [
    program.version,
    platform.os,
    platform.arch,
    origin,
    ...(recipe === undefined ? [] : [recipe]),
  ];
  return join(cacheDir, program.name, parts.join('-'));
}

/** Returns the path of the program. Undefined if the cache entry is missing or damaged. */
export async function readEntry(folder: string, program: Program): Promise<string | undefined> {
  const path = join(folder, program.name);
  try {
    const expected = manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    const { size, mtimeMs } = await stat(path);
    if (size !== expected.size) return undefined;
    // A restored CI cache can have new modification times, although the content is the same.
    if (mtimeMs !== expected.mtimeMs) {
      if ((await sha256(path)) !== expected.sha256) return undefined;
      await writeManifest(folder, { ...expected, mtimeMs }).catch(() => undefined);
    }
    return path;
  } catch {
    return undefined;
  }
}

/** Moves a program into the cache. A crash or a power cut leaves no incomplete entry. */
export async function commitEntry(
  folder: string,
  program: Program,
  binary: string,
  scratch: string,
): Promise<string> {
  const staged = join(scratch, `entry-${program.name}`);
  await rm(staged, { recursive: true, force: true });
  await mkdir(staged, { recursive: true });
  const path = join(staged, program.name);
  await rename(binary, path);
  await chmod(path, 0o755);
  await syncToDisk(path);
  const { size, mtimeMs } = await stat(path);
  await writeManifest(staged, { size, mtimeMs, sha256: await sha256(path) });
  await syncToDisk(join(staged, 'manifest.json'));
  await mkdir(dirname(folder), { recursive: true });
  const inPlace = join(folder, program.name);
  while (!(await renamed(staged, folder))) {
    // Another process created this entry first. The entry stays, because a running program can use it.
    if ((await readEntry(folder, program)) !== undefined) return inPlace;
    await rm(join(scratch, 'broken'), { recursive: true, force: true });
    await renamed(folder, join(scratch, 'broken'));
  }
  return inPlace;
}

/** Returns false if `to` already exists, or if `from` does not exist. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'ENOENT'].includes(String((error as NodeJS.ErrnoException).code)))
      return false;
    throw error;
  }
}

async function writeManifest(folder: string, content: z.infer<typeof manifest>): Promise<void> {
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(content)}\n`);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function syncToDisk(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
