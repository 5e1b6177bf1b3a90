import { rmSync } from 'node:fs';
import { processes } from '../toolchain/process-table.ts';
import { type FoundJournal, findJournals } from './journal.ts';
import { CouldNotRun, type OpenTarget, type TargetAddress } from './target.ts';
import type { OpenDrillTarget } from './targets.ts';
import { messageOf } from './wait.ts';

const namesOf = ({ faults }: FoundJournal) => faults.map(({ name }) => name).join(', ');

/** Whether the drill that writes a journal still runs. Another process can have the process id of an ended drill. */
async function isInProgress({ pid }: FoundJournal): Promise<boolean> {
  const [process] = await processes([pid]);
  return process?.command.includes('drill/main.ts') ?? false;
}

/**
 * Checks that no earlier drill has left a fault in a system.
 * @throws CouldNotRun
 */
export async function requireNoJournal(folder: string, { target, portOffset }: TargetAddress): Promise<void> {
  const found = findJournals(folder).find(
    (journal) => journal.target === target && journal.portOffset === portOffset,
  );
  if (!found) return;
  throw new CouldNotRun(
    (await isInProgress(found))
      ? `Another drill of this system runs (process ${found.pid}). Wait until it ends.`
      : `An earlier drill has left these faults injected: ${namesOf(found)} (${found.file}). Restore them first: npm run drill -- restore.`,
  );
}

/**
 * Restores the faults of every earlier drill that ended without a restore.
 * @returns a sentence for each journal
 * @throws CouldNotRun with the faults that are still injected
 */
export async function restoreEarlier(
  folder: string,
  open: (address: TargetAddress) => ReturnType<OpenDrillTarget>,
): Promise<readonly string[]> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const journal of findJournals(folder)) {
    try {
      done.push(await restoreJournal(journal, open));
    } catch (error) {
      failed.push(`${namesOf(journal)} of ${journal.target}: ${messageOf(error)}`);
    }
  }
  if (failed.length > 0) {
    throw new CouldNotRun([...done, `Still injected: ${failed.join('\n')}`].join('\n'));
  }
  return done;
}

async function restoreJournal(
  journal: FoundJournal,
  open: (address: TargetAddress) => Promise<OpenTarget>,
): Promise<string> {
  if (await isInProgress(journal)) {
    throw new CouldNotRun(
      `Its drill still runs (process ${journal.pid}). The drill restores its faults when it ends; Ctrl-C ends it.`,
    );
  }
  const { target, close } = await open(journal);
  try {
    if (await target.isGone?.()) {
      rmSync(journal.file, { force: true });
      return `${target.title} no longer runs. Its faults ended with it: ${namesOf(journal)}.`;
    }
    for (const { name } of journal.faults) await target.restore(name);
  } finally {
    await close();
  }
  rmSync(journal.file, { force: true });
  return `Restored in ${target.title}: ${namesOf(journal)}.`;
}
