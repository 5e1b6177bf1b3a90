import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { processes } from '../toolchain/process-table.ts';
import { laptop } from '../verify/open-system.ts';
import { CouldNotRun, type TargetAddress } from './target.ts';
import { messageOf } from './wait.ts';

/** Fields of the journals of `npm run drill` and of `npm run restore-drill`. */
export const journalFields = {
  target: z.string(),
  portOffset: z.number(),
  pid: z.number(),
};

export const portOffsetOf = ({ target, portOffset }: TargetAddress): number | undefined =>
  target === laptop ? portOffset : undefined;

export const journalName = ({ target, portOffset }: TargetAddress): string =>
  `${target}${portOffset > 0 ? `-${portOffset}` : ''}`;

export const journalFile = (folder: string, address: TargetAddress): string =>
  join(folder, `${journalName(address)}.json`);

/** @throws CouldNotRun if the file cannot be written */
export function writeJournalFile(file: string, content: unknown, advice: string): void {
  try {
    // Other users must not read the folder, because the folder can contain a login or a backup.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // A crash while the program writes must not damage the old journal.
    writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new CouldNotRun(`The journal ${file} cannot be written: ${messageOf(error)}. ${advice}`);
  }
}

/** Paths of all journals in the folder. Empty if the folder does not exist. */
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
 * @param remedy end of the error message
 * @throws CouldNotRun if the journal is missing or damaged
 */
export function readJournalFile<T>(file: string, schema: z.ZodType<T>, remedy: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new CouldNotRun(`The journal ${file} is damaged: ${why}. ${remedy}`);
  }
}

/** @param entryPoint such as `drill/main.ts` */
export async function isInProgress({ pid }: { readonly pid: number }, entryPoint: string): Promise<boolean> {
  const [process] = await processes([pid]);
  // After the end of the drill, another program can have the same process id.
  return process?.command.includes(entryPoint) ?? false;
}
