import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../../restore/part.ts';
import type { RestoreSystem, Store } from '../../restore/store.ts';

export class FakeStore implements Store {
  readonly name: string;
  readonly program = 'Fake';
  readonly deletes: string;
  parts: readonly Part[] | undefined;
  /** Errors by name of the step, such as `restore`. */
  readonly failures: Readonly<Record<string, Error>>;
  readonly #saved: Part[] = [];
  readonly #log: string[];
  damage: (parts: readonly Part[]) => readonly Part[] = (parts) => parts;

  constructor(name: string, parts: readonly Part[], log: string[], failures: Record<string, Error> = {}) {
    this.name = name;
    this.deletes = `the data of ${name}`;
    this.parts = parts;
    this.failures = failures;
    this.#log = log;
  }

  #step(step: string): void {
    this.#log.push(`${step} ${this.name}`);
    const failure = this.failures[step];
    if (failure) throw failure;
  }

  async lacks() {
    return this.parts?.length === 0 ? `${this.name} is empty.` : undefined;
  }

  async record() {
    this.#step('record');
    return {
      parts: [...(this.parts ?? [])],
      reread: async () => {
        if (this.parts === undefined) throw new Error('connection refused');
        return this.parts;
      },
    };
  }

  async backup(folder: string) {
    this.#step('backup');
    this.#saved.splice(0, Number.POSITIVE_INFINITY, ...(this.parts ?? []));
    writeFileSync(join(folder, 'parts'), JSON.stringify(this.parts));
    return { completeUntil: Date.now(), bytes: 100 };
  }

  async stop() {
    this.#step('stop');
  }

  async start() {
    this.#step('start');
  }

  async erase() {
    this.#step('erase');
    this.parts = undefined;
  }

  async restore() {
    this.#step('restore');
    this.parts = this.damage(this.#saved);
  }
}

export function fakeSystem(
  stores: readonly Store[],
  log: string[],
  more: Partial<RestoreSystem> = {},
): RestoreSystem {
  return {
    title: 'the fake system',
    stores,
    asks: true,
    restoreSeconds: 0.05,
    prepare: async () => {
      log.push('prepare');
    },
    tidy: async () => {
      log.push('tidy');
    },
    problems: async () => [],
    close: async () => {
      log.push('close');
    },
    ...more,
  };
}
