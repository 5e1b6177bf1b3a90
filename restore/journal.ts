import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import {
  journalFields,
  journalFile,
  journalName,
  readJournalFile,
  writeJournalFile,
} from '../drill/journal-files.ts';
import type { TargetAddress } from '../drill/target.ts';

const content = z.object({
  ...journalFields,
  stores: z.array(z.string()),
  startedAt: z.iso.datetime(),
});

export type JournalContent = z.infer<typeof content>;

/** The backup folder of a system. The journal is the file `<folder>.json` next to the folder. */
export const backupFolder = (folder: string, address: TargetAddress): string =>
  join(folder, journalName(address));

/**
 * Writes the file that `restore-drill -- restore` reads.
 * @throws CouldNotRun if the write fails
 */
export function writeJournal(folder: string, address: TargetAddress, stores: readonly string[]): void {
  writeJournalFile(
    journalFile(folder, address),
    { ...address, pid: process.pid, stores, startedAt: new Date().toISOString() },
    'Nothing was deleted. Make its folder writable, and free some space if the disk is full.',
  );
}

export function removeJournal(folder: string, address: TargetAddress): void {
  rmSync(journalFile(folder, address), { force: true });
  rmSync(backupFolder(folder, address), { recursive: true, force: true });
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** @throws CouldNotRun if the journal is damaged */
export function readJournal(file: string): JournalContent {
  return readJournalFile(
    file,
    content,
    'The backup of the system is in the folder that has the name of the journal without .json. Restore the stores as docs/restore.md describes, and delete the file.',
  );
}
