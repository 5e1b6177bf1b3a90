import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isInProgress, journalFiles } from '../drill/journal-files.ts';
import { CouldNotRun } from '../drill/target.ts';
import { messageOf } from '../drill/wait.ts';
import { deletedMark } from './drill.ts';
import { backupFolder, type JournalContent, readJournal, removeJournal } from './journal.ts';
import type { RestoreCommand } from './restore-command.ts';
import type { Store } from './store.ts';

const answerMs = 60_000;

/**
 * Restores the stores that interrupted drills have deleted. Before a drill deletes data, it writes a file, the journal.
 * The journal contains the names of all stores of the system (the laptop pipeline, or the cluster of an environment).
 * @returns a sentence for each journal, which names the system and the stores in the journal
 * @throws CouldNotRun if a journal is damaged, or if the restore of the stores in a journal did not finish. The message
 * contains an explanation for each such journal
 */
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
        const mark = join(backup, deletedMark);
        // If the mark file does not exist, the drill has not deleted the data of this store, or an earlier run of this
        // command has restored the data. The command then only starts the program of this store.
        if (!existsSync(mark)) return store.start();
        await store.restore(backup);
        // A mark file means that this command must still restore the store. The drill wrote the mark file before the drill
        // deleted the data of the store. `store.restore` has now restored the data. Therefore this command deletes the
        // mark file. Otherwise a second run of this command would restore the store again. Example: the first run restores
        // the store `samples` (the data of Prometheus), but fails to restore the store `silences`. The user then runs the
        // command again. Because `samples` has no mark file, the second run does not restore `samples` again. A second
        // restore of `samples` would replace all its data with the backup. The samples that Prometheus has received since
        // the first restore would be lost.
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

/**
 * Removes the data of the drill. Restored programs sometimes do not answer at once. Therefore the function tries again
 * for a minute.
 * @throws Error if the data still exists after a minute
 */
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
