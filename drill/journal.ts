import { rmSync } from 'node:fs';
import * as z from 'zod';
import { journalFields, journalFile, readJournalFile, writeJournalFile } from './journal-files.ts';
import type { TargetAddress } from './target.ts';

const content = z.object({
  ...journalFields,
  faults: z.array(z.object({ name: z.string(), injectedAt: z.iso.datetime() })),
});
export type JournalContent = z.infer<typeof content>;

/** The file lists the injected faults. After a crash, `npm run drill -- restore` ends these faults. */
export class Journal {
  readonly file: string;
  readonly #address: TargetAddress;
  #faults: JournalContent['faults'] = [];

  constructor(folder: string, address: TargetAddress) {
    this.file = journalFile(folder, address);
    this.#address = address;
  }

  get faults(): readonly string[] {
    return this.#faults.map(({ name }) => name);
  }

  /** Must be called before the injection, because the drill can crash at any time. */
  add(name: string): void {
    this.#write([...this.#faults, { name, injectedAt: new Date().toISOString() }]);
  }

  remove(name: string): void {
    this.#write(this.#faults.filter((fault) => fault.name !== name));
  }

  #write(faults: JournalContent['faults']): void {
    const { target, portOffset } = this.#address;
    write(this.file, { target, portOffset, pid: process.pid, faults });
    this.#faults = faults;
  }
}

/** @throws CouldNotRun if the file cannot be written */
function write(file: string, journal: JournalContent): void {
  if (journal.faults.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  writeJournalFile(
    file,
    journal,
    'The drill needs the journal to end the faults after a crash. Make its folder writable.',
  );
}

/** @throws CouldNotRun if the file cannot be written */
export function removeRestored({ file, ...journal }: FoundJournal, restored: readonly string[]): void {
  write(file, { ...journal, faults: journal.faults.filter(({ name }) => !restored.includes(name)) });
}

export interface FoundJournal extends JournalContent {
  readonly file: string;
}

/** @throws CouldNotRun if the journal is not readable */
export function readJournal(file: string): FoundJournal {
  const remedy = 'End the faults of the drilled system by hand, and delete the file.';
  return { ...readJournalFile(file, content, remedy), file };
}
