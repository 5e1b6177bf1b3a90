import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const heartbeatMs = 2_000;
// a holder on another host of a shared home, or in another container, cannot be asked by its process id
const silentMs = 30_000;
const retryMs = 200;

interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when another process holds the lock. */
  readonly onWait?: () => void;
}

/**
 * Runs `work` while holding the lock file, so that two processes do not build the same thing side by side. It saves
 * work, nothing relies on it for safety: entries of the cache appear whole, in one rename, whoever makes them.
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  for (let waited = false; !(await acquire(path, mine)); waited = true) {
    if (!waited) options.onWait?.();
    await delay(retryMs, undefined, options.signal ? { signal: options.signal } : {});
  }
  const heartbeat = setInterval(
    () => utimes(path, new Date(), new Date()).catch(() => undefined),
    heartbeatMs,
  );
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await content(path)) === mine) await rm(path, { force: true });
  }
}

async function acquire(path: string, mine: string): Promise<boolean> {
  const held = await content(path);
  if (held !== undefined && (await isStale(path, held))) await removeStale(path, held);
  // written aside and linked: the lock never exists without its content
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, mine);
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function isStale(path: string, held: string): Promise<boolean> {
  const beat = await stat(path).catch(() => undefined);
  if (beat === undefined) return false;
  if (Date.now() - beat.mtimeMs > silentMs) return true;
  try {
    const holder: unknown = JSON.parse(held);
    if (typeof holder !== 'object' || holder === null || !('pid' in holder) || !('host' in holder))
      return true;
    return holder.host === hostname() && typeof holder.pid === 'number' && !isAlive(holder.pid);
  } catch {
    return true;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Between looking and removing, another waiter may have removed it and locked anew: then its lock is put back. */
async function removeStale(path: string, held: string): Promise<void> {
  const taken = `${path}.${randomUUID()}`;
  try {
    await rename(path, taken);
  } catch {
    return;
  }
  if ((await content(taken)) !== held) await link(taken, path).catch(() => undefined);
  await rm(taken, { force: true });
}

function content(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
