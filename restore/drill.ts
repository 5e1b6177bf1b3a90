import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CouldNotRun } from '../drill/target.ts';
import { messageOf } from '../drill/wait.ts';
import { missingIn } from './part.ts';
import type { RestoreProblem, RestoreResult, StoreResult } from './result.ts';
import type { Backup, Recording, RestoreSystem, Store } from './store.ts';

const fillSeconds = 90;
const maxNamed = 5;
export const deletedMark = 'deleted';
export const restoredMark = 'restored';

export interface RestoreDrillOptions {
  /** Folder of the backups. Each store has its own folder in this folder. */
  readonly folder: string;
  /**
   * An abort before the first deletion stops the drill. After a later abort, the drill still restores every store.
   */
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
  /** The drill calls `onStop` once with the names of the stores, before the first program stops. */
  readonly onStop: (stores: readonly string[]) => unknown;
  /** @default 500 ms */
  readonly pollMs?: number;
}

interface Secured {
  readonly store: Store;
  readonly recording: Recording;
  readonly backup: Backup;
  readonly backupSeconds: number;
}

/** @throws CouldNotRun if the drill fails before the first deletion */
export async function restoreDrill(
  system: RestoreSystem,
  options: RestoreDrillOptions,
): Promise<RestoreResult> {
  const { say } = options;
  const started = Date.now();
  try {
    await prepared(system, options);
    const secured = await securedStores(system.stores, options);
    say('Stopping the programs, and deleting their data.');
    const erasedAt = Date.now();
    const stores = await deleteAndRestore(secured, system.restoreSeconds, options);
    const problems = await system
      .problems()
      .catch((error) => [`The system cannot be checked: ${messageOf(error)}`]);
    const isDone = problems.length === 0 && stores.every(({ verdict }) => verdict === 'passed');
    return {
      stores,
      problems,
      seconds: secondsSince(started),
      ...(isDone && { recoverySeconds: secondsSince(erasedAt) }),
    };
  } finally {
    const tidied = await Promise.allSettled([system.tidy(), ...system.stores.map((store) => store.tidy?.())]);
    for (const one of tidied) {
      if (one.status === 'rejected') say(`Data of the drill was not removed: ${messageOf(one.reason)}`);
    }
  }
}

async function prepared(system: RestoreSystem, options: RestoreDrillOptions): Promise<void> {
  try {
    await system.prepare();
    await filled(system, options);
    for (const store of system.stores) await store.prepare?.();
  } catch (error) {
    throw error instanceof CouldNotRun ? error : new CouldNotRun(`${messageOf(error)}\nNothing was deleted.`);
  }
}

const secondsSince = (time: number) => (Date.now() - time) / 1000;

/**
 * Call `requireNoStop` only before the first deletion.
 * @throws CouldNotRun if the user ended the drill
 */
export function requireNoStop(signal: AbortSignal): void {
  if (signal.aborted)
    throw new CouldNotRun('The drill was interrupted before it deleted data. Start the drill again.');
}

async function filled({ stores }: RestoreSystem, { signal, say, pollMs = 500 }: RestoreDrillOptions) {
  const deadline = Date.now() + fillSeconds * 1000;
  let said: string | undefined;
  for (;;) {
    requireNoStop(signal);
    const lacks = await Promise.all(stores.map((store) => store.lacks().catch(messageOf)));
    const [first] = lacks.filter((lack) => lack !== undefined);
    if (first === undefined) return;
    if (Date.now() > deadline) {
      throw new CouldNotRun(
        `After ${fillSeconds} s, some stores still have too little data for a drill. Nothing was deleted. Start the drill again when these stores have data:\n${lacks.filter((lack) => lack !== undefined).join('\n')}`,
      );
    }
    if (first !== said) say(`Waiting: ${first}`);
    said = first;
    await delay(pollMs, undefined, { signal }).catch(() => {});
  }
}

async function securedStores(
  stores: readonly Store[],
  options: RestoreDrillOptions,
): Promise<readonly Secured[]> {
  const { say, signal, onStop } = options;
  requireNoStop(signal);
  say(`Recording ${stores.map(({ name }) => name).join(', ')}.`);
  // Every `record` must end before the first backup, because a backup can stop programs.
  const recordings = await Promise.all(stores.map((store) => explainedFor(store, () => store.record())));
  requireNoStop(signal);
  onStop(stores.map(({ name }) => name));
  say('Backing up.');
  const backups = await Promise.allSettled(
    stores.map(async (store, index): Promise<Secured> => {
      const started = Date.now();
      const own = join(options.folder, store.name);
      const backup = await explainedFor(store, () => {
        mkdirSync(own, { recursive: true });
        return store.backup(own);
      });
      const recording = recordings[index] as Recording;
      return { store, recording, backup, backupSeconds: secondsSince(started) };
    }),
  );
  try {
    requireNoStop(signal);
    return backups.map((backup) => {
      if (backup.status === 'rejected') throw backup.reason;
      return backup.value;
    });
  } catch (error) {
    const starts = await Promise.allSettled(stores.map((store) => store.start()));
    const failed = starts.flatMap((start) => (start.status === 'rejected' ? [messageOf(start.reason)] : []));
    throw failed.length > 0 ? new StoppedPrograms([messageOf(error), ...failed].join('\n')) : error;
  }
}

/** The drill deleted nothing, but could not start all stopped programs again. */
export class StoppedPrograms extends CouldNotRun {}

async function explainedFor<T>(store: Store, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new CouldNotRun(
      `The drill could not read or back up the data of the store ${store.name} of ${store.program}. Nothing was deleted.\n${explained(error)}`,
    );
  }
}

async function deleteAndRestore(
  secured: readonly Secured[],
  restoreSeconds: number,
  options: RestoreDrillOptions,
): Promise<readonly StoreResult[]> {
  const { say, signal } = options;
  const interrupted = () => say('Interrupted: restores every store before the drill ends.');
  if (signal.aborted) interrupted();
  else signal.addEventListener('abort', interrupted);
  // All programs stop first. Otherwise a running program could send old data to a restored program.
  const stopped = await Promise.allSettled(secured.map(({ store }) => store.stop()));
  const results = Promise.all(
    secured.map(async (one, index) => {
      const stop = stopped[index];
      return stop?.status === 'rejected'
        ? resultOf(one, [{ step: 'erase', message: explained(stop.reason) }])
        : recover(one, restoreSeconds, options);
    }),
  );
  return results.finally(() => signal.removeEventListener('abort', interrupted));
}

async function recover(
  one: Secured,
  restoreSeconds: number,
  { folder, say, pollMs = 500 }: RestoreDrillOptions,
): Promise<StoreResult> {
  const { store, recording, backup } = one;
  const erasedAt = Date.now();
  const problems: RestoreProblem[] = [];
  try {
    writeFileSync(join(folder, store.name, deletedMark), '');
  } catch (error) {
    // Without the mark file, a later restore command would skip the deleted store.
    const start = await store.start().then(
      () => [],
      (failure) => [{ step: 'erase' as const, message: explained(failure) }],
    );
    return resultOf(one, [{ step: 'erase', message: explained(error) }, ...start]);
  }
  await store.erase().catch((error) => problems.push({ step: 'erase', message: explained(error) }));
  // After a failed deletion, only the restore starts the stopped program.
  await store
    .restore(join(folder, store.name))
    .catch((error) => problems.push({ step: 'restore', message: explained(error) }));
  const missing = await missingWithin(recording, problems.length > 0 ? 0 : restoreSeconds * 1000, pollMs);
  const recoverySeconds = secondsSince(erasedAt);
  problems.push(...missing.map((message) => ({ step: 'compare' as const, message })));
  if (problems.length === 0) problems.push(...markRestored(join(folder, store.name)));
  if (problems.length > 0) {
    say(`${store.name} of ${store.program} is not complete.`);
    return resultOf(one, problems);
  }
  say(`${store.name} of ${store.program} is complete after ${recoverySeconds.toFixed(1)} s.`);
  const newest = await store.newest?.(erasedAt).catch(() => undefined);
  const restoredUntil = Math.max(newest ?? 0, backup.completeUntil);
  const lostSeconds = Math.max(0, erasedAt - restoredUntil) / 1000;
  return { ...resultOf(one, []), recoverySeconds, lostSeconds };
}

/** Renames the mark file, so that a later restore command does not replace new data. */
function markRestored(backup: string): readonly RestoreProblem[] {
  const mark = join(backup, deletedMark);
  try {
    renameSync(mark, join(backup, restoredMark));
    return [];
  } catch (error) {
    const remedy = `Delete ${mark}. Otherwise, the command restore-drill -- restore replaces the restored data with the backup`;
    return [{ step: 'restore', message: `${mark} cannot be renamed (${messageOf(error)}). ${remedy}.` }];
  }
}

/**
 * Repeats the comparison for at most `ms` milliseconds.
 * @returns the remaining differences
 */
async function missingWithin(recording: Recording, ms: number, pollMs: number): Promise<readonly string[]> {
  const deadline = Date.now() + ms;
  for (;;) {
    const missing = await recording.reread().then(
      (parts) => missingIn(parts, recording.parts),
      (error) => [`The drill cannot read the restored store: ${messageOf(error)}`],
    );
    if (missing.length === 0 || Date.now() >= deadline) return shortened(missing);
    await delay(pollMs);
  }
}

const shortened = (sentences: readonly string[]) =>
  sentences.length <= maxNamed
    ? sentences
    : [...sentences.slice(0, maxNamed), `${sentences.length - maxNamed} more parts differ.`];

function resultOf(
  { store, recording, backup, backupSeconds }: Secured,
  problems: readonly RestoreProblem[],
): StoreResult {
  return {
    store: store.name,
    program: store.program,
    verdict: problems.length > 0 ? 'failed' : 'passed',
    problems,
    parts: [...recording.parts, ...(backup.parts ?? [])],
    bytes: backup.bytes,
    backupSeconds,
  };
}

function explained(error: unknown): string {
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return isFull
    ? `The disk is full (${messageOf(error)}). The drill needs free space for a second copy of the data. Free some space, and start the drill again.`
    : messageOf(error);
}
