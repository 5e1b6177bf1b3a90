import { type FoundJournal, readJournal, removeRestored } from './journal.ts';
import { isInProgress, journalFiles } from './journal-files.ts';
import { CouldNotRun, type OpenTarget, type TargetAddress } from './target.ts';
import type { OpenDrillTarget } from './targets.ts';
import { messageOf } from './wait.ts';

const namesOf = ({ faults }: FoundJournal) => faults.map(({ name }) => name).join(', ');

const entryPoint = 'drill/main.ts';

/** @throws CouldNotRun if faults of another drill are still injected into the system */
export async function requireNoJournal(folder: string, { target, portOffset }: TargetAddress): Promise<void> {
  const found = journalFiles(folder)
    .map(readJournal)
    .find((journal) => journal.target === target && journal.portOffset === portOffset);
  if (!found) return;
  throw new CouldNotRun(
    (await isInProgress(found, entryPoint))
      ? `Another drill of this system runs (process ${found.pid}). Wait until it ends.`
      : `An earlier drill has left these faults injected: ${namesOf(found)} (${found.file}). End them first: npm run drill -- restore.`,
  );
}

/**
 * Ends the faults of earlier drills.
 * @throws CouldNotRun if a fault remains or a journal is damaged
 */
export async function restoreEarlier(
  folder: string,
  open: (address: TargetAddress) => ReturnType<OpenDrillTarget>,
): Promise<readonly string[]> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const file of journalFiles(folder)) {
    try {
      const journal = readJournal(file);
      const { sentences, failures } = await restoreJournal(journal, open).catch((error) => ({
        sentences: [],
        failures: [`${namesOf(journal)} of ${journal.target}: ${messageOf(error)}`],
      }));
      done.push(...sentences);
      failed.push(...failures.map((failure) => `Still injected: ${failure}`));
    } catch (error) {
      failed.push(messageOf(error));
    }
  }
  if (failed.length > 0) throw new CouldNotRun([...done, ...failed].join('\n'));
  return done;
}

interface Restored {
  readonly sentences: readonly string[];
  readonly failures: readonly string[];
}

async function restoreJournal(
  journal: FoundJournal,
  open: (address: TargetAddress) => Promise<OpenTarget>,
): Promise<Restored> {
  if (await isInProgress(journal, entryPoint)) {
    throw new CouldNotRun(
      `The drill that injected the faults still runs (process ${journal.pid}). Wait until it ends, or press Ctrl-C in its terminal. At its end, the drill ends its faults.`,
    );
  }
  const names = journal.faults.map(({ name }) => name);
  const { target, close } = await open(journal);
  try {
    if (await target.isGone?.()) {
      removeRestored(journal, names);
      const sentence = `${target.title} no longer runs. Its faults ended with it: ${names.join(', ')}.`;
      return { sentences: [sentence], failures: [] };
    }
    const restored: string[] = [];
    const failures: string[] = [];
    for (const name of names) {
      try {
        await target.restore(name);
        restored.push(name);
      } catch (error) {
        failures.push(`${name} of ${journal.target}: ${messageOf(error)}`);
      }
    }
    removeRestored(journal, restored);
    const sentence = `Restored in ${target.title}: ${restored.join(', ')}.`;
    return { sentences: restored.length > 0 ? [sentence] : [], failures };
  } finally {
    await close();
  }
}
