import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isInProgress, journalFiles, portOffsetOf } from '../drill/journal-files.ts';
import { CouldNotRun } from '../drill/target.ts';
import { messageOf } from '../drill/wait.ts';
import { deletedMark } from './drill.ts';
import { backupFolder, type JournalContent, readJournal, removeJournal } from './journal.ts';
import type { RestoreCommand } from './restore-command.ts';
import type { Store } from './store.ts';

const answerMs = 60_000;

/** @throws CouldNotRun */
export async function restoreInterrupted(command: RestoreCommand): Promise<readonly string[]> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const file of journalFiles(command.folder)) {
    try {
      const journal = readJournal(file);
      const sentence = await restoreOne(journal, command).catch((error) => {
        throw new Error(
          `The restore of ${journal.target} did not finish. Fix this error, then run the command again. Error: ${messageOf(error)}`,
        );
      });
      done.push(sentence);
    } catch (error) {
      failed.push(messageOf(error));
    }
  }
  if (failed.length > 0) throw new CouldNotRun([...done, ...failed].join('\n'));
  return done;
}

async function restoreOne(journal: JournalContent, command: RestoreCommand): Promise<string> {
  const { folder, open, err } = command;
  if (await isInProgress(journal, 'restore/main.ts')) {
    throw new Error(
      `The drill of this system still runs (process ${journal.pid}). Press Ctrl-C in its terminal: the drill then restores the stores.`,
    );
  }
  const { target, stores: names } = journal;
  const { system, address } = await open(target, {
    ...command,
    portOffset: portOffsetOf(journal),
    restoresOnly: true,
    say: (sentence) => err(`${sentence}\n`),
  });
  try {
    const stores = system.stores.filter(({ name }) => names.includes(name));
    const results = await Promise.allSettled(
      stores.map(async (store) => {
        const backup = join(backupFolder(folder, address), store.name);
        const mark = join(backup, deletedMark);
        if (!existsSync(mark)) return store.start();
        await store.restore(backup);
        // A second restore would delete the data that the store has received since the first restore.
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

/** Removes the data of the drill. Tries for a minute, because programs start slowly. @throws Error */
async function tidied(parts: readonly Pick<Store, 'tidy'>[], pollMs = 500): Promise<void> {
  const deadline = Date.now() + answerMs;
  for (;;) {
    try {
      for (const part of parts) await part.tidy?.();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(
          `The stores are restored, but the command could not remove the data that the drill added, such as a silence. Run the command again; it does not restore the stores a second time. Error: ${messageOf(error)}`,
        );
      }
      await delay(pollMs);
    }
  }
}
