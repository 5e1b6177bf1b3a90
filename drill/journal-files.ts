import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { processes } from '../toolchain/process-table.ts';
import { CouldNotRun, type TargetAddress } from './target.ts';
import { messageOf } from './wait.ts';

/**
 * Fields of every journal. `npm run drill` and `npm run restore-drill` add fields that describe their changes of the
 * system.
 */
export const journalFields = {
  /** Name of the target on the command line. */
  target: z.string(),
  portOffset: z.number(),
  /** Process id of the drill that writes the journal. */
  pid: z.number(),
};

/** Name of the journal of a system, without its extension. */
export const journalName = ({ target, portOffset }: TargetAddress): string =>
  `${target}${portOffset > 0 ? `-${portOffset}` : ''}`;

/** Path of the journal of a system. */
export const journalFile = (folder: string, address: TargetAddress): string =>
  join(folder, `${journalName(address)}.json`);

/**
 * Writes a journal.
 * @param consequence sentences at the end of the error message: the consequence for the drill, and the remedy
 * @throws CouldNotRun if the file cannot be written
 */
export function writeJournalFile(file: string, content: unknown, consequence: string): void {
  try {
    // Other users may not read the folder, because a journal can contain a login, and because a backup is in the same
    // folder.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // A crash during the write must not damage the journal. Therefore a new file replaces the old file.
    writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new CouldNotRun(`The journal ${file} cannot be written: ${messageOf(error)}. ${consequence}`);
  }
}

/** The files of the journals of earlier drills. */
export function journalFiles(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Reads a journal.
 * @param remedy how to restore the system by hand, for the error message
 * @throws CouldNotRun if the journal is not readable
 */
export function readJournalFile<T>(file: string, schema: z.ZodType<T>, remedy: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new CouldNotRun(`The journal ${file} is damaged: ${why}. ${remedy}`);
  }
}

/**
 * Whether the drill of a journal still runs. After its end, another process can have the same process id.
 * @param entryPoint the file that starts the drill, such as `drill/main.ts`
 */
export async function isInProgress({ pid }: { readonly pid: number }, entryPoint: string): Promise<boolean> {
  const [process] = await processes([pid]);
  return process?.command.includes(entryPoint) ?? false;
}
