import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CouldNotRun, type TargetAddress } from './target.ts';

const content = z.object({
  /** Name of the target on the command line. */
  target: z.string(),
  portOffset: z.number(),
  /** Process id of the drill that writes the journal. */
  pid: z.number(),
  faults: z.array(z.object({ name: z.string(), injectedAt: z.iso.datetime() })),
});
export type JournalContent = z.infer<typeof content>;

/**
 * The file that lists the injected faults of a drill. It exists only while a fault is injected. After a crash of the
 * drill, the file shows which faults must be restored.
 */
export class Journal {
  readonly file: string;
  readonly #address: TargetAddress;
  #faults: JournalContent['faults'] = [];

  /** @param folder folder of all journals */
  constructor(folder: string, address: TargetAddress) {
    this.file = join(folder, fileName(address));
    this.#address = address;
  }

  /** Names of the injected faults. */
  get faults(): readonly string[] {
    return this.#faults.map(({ name }) => name);
  }

  /** Adds a fault. The call must come before the injection, because a crash can follow at any time. */
  add(name: string): void {
    this.#faults = [...this.#faults, { name, injectedAt: new Date().toISOString() }];
    this.#write();
  }

  remove(name: string): void {
    this.#faults = this.#faults.filter((fault) => fault.name !== name);
    this.#write();
  }

  #write(): void {
    if (this.#faults.length === 0) {
      rmSync(this.file, { force: true });
      return;
    }
    mkdirSync(join(this.file, '..'), { recursive: true });
    const { target, portOffset } = this.#address;
    const text = { target, portOffset, pid: process.pid, faults: this.#faults } satisfies JournalContent;
    // A crash during the write must not damage the journal. Therefore the file is replaced as a whole.
    writeFileSync(`${this.file}.new`, `${JSON.stringify(text, null, 2)}\n`);
    renameSync(`${this.file}.new`, this.file);
  }
}

const fileName = ({ target, portOffset }: TargetAddress) =>
  `${target}${portOffset > 0 ? `-${portOffset}` : ''}.json`;

export interface FoundJournal extends JournalContent {
  readonly file: string;
}

/**
 * The journals of earlier drills.
 * @throws CouldNotRun if a journal is not readable
 */
export function findJournals(folder: string): readonly FoundJournal[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => read(join(folder, name)));
}

function read(file: string): FoundJournal {
  try {
    return { ...content.parse(JSON.parse(readFileSync(file, 'utf8'))), file };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CouldNotRun(
      `The journal ${file} is damaged: ${why}. Restore the faults of its target by hand, and delete the file.`,
    );
  }
}
