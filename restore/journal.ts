import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CouldNotRun, type TargetAddress } from '../drill/target.ts';
import { messageOf } from '../drill/wait.ts';

const content = z.object({
  target: z.string(),
  portOffset: z.number(),
  /** Process id of the drill. */
  pid: z.number(),
  /** Names of the stores that the drill deletes. */
  stores: z.array(z.string()),
  startedAt: z.iso.datetime(),
});

export type JournalContent = z.infer<typeof content>;

const nameOf = ({ target, portOffset }: TargetAddress) =>
  `${target}${portOffset > 0 ? `-${portOffset}` : ''}`;

/** Folder of the backups of a system, which the journal of the system describes. */
export const backupFolder = (folder: string, address: TargetAddress): string => join(folder, nameOf(address));

const fileOf = (folder: string, address: TargetAddress) => join(folder, `${nameOf(address)}.json`);

/**
 * Writes the journal before the first deletion. The journal and the backup exist until every store is restored.
 * @throws CouldNotRun if the file cannot be written
 */
export function writeJournal(folder: string, address: TargetAddress, stores: readonly string[]): void {
  const file = fileOf(folder, address);
  const journal = { ...address, pid: process.pid, stores, startedAt: new Date().toISOString() };
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(journal, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new CouldNotRun(
      `The journal ${file} cannot be written: ${messageOf(error)}. Nothing was deleted. Make its folder writable, and free some space if the disk is full.`,
    );
  }
}

/** Deletes the journal and the backup of a system. */
export function removeJournal(folder: string, address: TargetAddress): void {
  rmSync(fileOf(folder, address), { force: true });
  rmSync(backupFolder(folder, address), { recursive: true, force: true });
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** @throws CouldNotRun if the journal is damaged */
export function readJournals(folder: string): readonly JournalContent[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      try {
        return content.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch (error) {
        const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
        throw new CouldNotRun(
          `The journal ${file} is damaged: ${why}. The backup of the system is in the folder that has the name of the journal without .json. Restore the stores as docs/restore.md describes, and delete the file.`,
        );
      }
    });
}
