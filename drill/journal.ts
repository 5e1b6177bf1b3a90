import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { CouldNotRun, type TargetAddress } from './target.ts';
import { messageOf } from './wait.ts';

const content = z.object({
  /** Name of the target on the command line. */
  target: z.string(),
  portOffset: z.number(),
  pid: z.number(),
  faults: z.array(z.object({ name: z.string(), injectedAt: z.iso.datetime() })),
});
export type JournalContent = z.infer<typeof content>;

/**
 * A file with the injected faults of a drill. After a crash of the drill, the file shows the faults to restore. The
 * file does not exist while no fault is injected.
 */
export class Journal {
  readonly file: string;
  readonly #address: TargetAddress;
  #faults: JournalContent['faults'] = [];

  constructor(folder: string, address: TargetAddress) {
    this.file = join(folder, fileName(address));
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

/** Writes a journal. A journal without a fault is deleted. @throws CouldNotRun if the file cannot be written */
function write(file: string, journal: JournalContent): void {
  try {
    if (journal.faults.length === 0) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    // A crash during the write must not damage the journal. Therefore a new file replaces the old file.
    writeFileSync(`${file}.new`, `${JSON.stringify(journal, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new CouldNotRun(
      `The journal ${file} cannot be written: ${messageOf(error)}. The drill needs the journal to restore the faults after a crash. Make its folder writable.`,
    );
  }
}

/** Removes a restored fault from the journal of an earlier drill. @throws CouldNotRun if the file cannot be written */
export function removeRestored({ file, ...journal }: FoundJournal, restored: readonly string[]): void {
  write(file, { ...journal, faults: journal.faults.filter(({ name }) => !restored.includes(name)) });
}

const fileName = ({ target, portOffset }: TargetAddress) =>
  `${target}${portOffset > 0 ? `-${portOffset}` : ''}.json`;

export interface FoundJournal extends JournalContent {
  readonly file: string;
}

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

/** @throws CouldNotRun if the journal is not readable */
export function readJournal(file: string): FoundJournal {
  try {
    return { ...content.parse(JSON.parse(readFileSync(file, 'utf8'))), file };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CouldNotRun(
      `The journal ${file} is damaged: ${why}. End the faults of the drilled system by hand, and delete the file.`,
    );
  }
}
