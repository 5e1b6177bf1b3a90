import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CouldNotRun } from '../drill/target.ts';
import { messageOf } from '../drill/wait.ts';
import { processes } from '../toolchain/process-table.ts';
import { deletedMark } from './drill.ts';
import { backupFolder, type JournalContent, readJournals, removeJournal } from './journal.ts';
import type { RestoreCommand } from './restore-command.ts';
import type { Store } from './store.ts';

const answerMs = 60_000;

/**
 * Restores the stores of every drill that ended after a deletion and before the restore.
 * @returns a sentence for each system
 * @throws CouldNotRun with the stores that are still deleted
 */
export async function restoreInterrupted(command: RestoreCommand): Promise<readonly string[]> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const journal of readJournals(command.folder)) {
    try {
      done.push(await restoreOne(journal, command));
    } catch (error) {
      failed.push(`Not restored: ${journal.target}. ${messageOf(error)}`);
    }
  }
  if (failed.length > 0) throw new CouldNotRun([...done, ...failed].join('\n'));
  return done;
}

async function restoreOne(journal: JournalContent, command: RestoreCommand): Promise<string> {
  const { folder, open, err } = command;
  const [running] = await processes([journal.pid]);
  if (running?.command.includes('restore/main.ts')) {
    throw new Error(
      `The drill still runs (process ${journal.pid}). End it with Ctrl-C: a drill that ends restores its stores.`,
    );
  }
  const { target, portOffset, stores: names } = journal;
  const { system, address } = await open(target, {
    ...command,
    portOffset: target === 'laptop' ? portOffset : undefined,
    restoresOnly: true,
    say: (sentence) => err(`${sentence}\n`),
  });
  try {
    const stores = system.stores.filter(({ name }) => names.includes(name));
    const results = await Promise.allSettled(
      stores.map(async (store) => {
        const backup = join(backupFolder(folder, address), store.name);
        // The drill can have ended before it deleted the data of this store. Then the data is newer than the backup.
        const mark = join(backup, deletedMark);
        if (!existsSync(mark)) return store.start();
        await store.restore(backup);
        // A second attempt, after the failure of another store, must keep the new data of this store.
        rmSync(mark);
      }),
    );
    const problems = results.flatMap((result, index) =>
      result.status === 'rejected' ? [`${stores[index]?.name}: ${messageOf(result.reason)}`] : [],
    );
    if (problems.length > 0) throw new Error(problems.join('\n'));
    await tidied([system, ...stores], command.pollMs);
    removeJournal(folder, address);
    return `Restored in ${system.title}: ${names.join(', ')}.`;
  } finally {
    await system.close();
  }
}

/** Removes the data of the drill. The restored programs may not answer yet. @throws Error after a minute */
async function tidied(parts: readonly Pick<Store, 'tidy'>[], pollMs = 500): Promise<void> {
  const deadline = Date.now() + answerMs;
  for (;;) {
    try {
      for (const part of parts) await part.tidy?.();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(
          `The stores are restored, but data of the drill was not removed: ${messageOf(error)}`,
        );
      }
      await delay(pollMs);
    }
  }
}
