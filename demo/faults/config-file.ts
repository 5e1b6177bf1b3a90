import { readFile, writeFile } from 'node:fs/promises';
import { NotPossibleNow } from '../../console/index.ts';
import type { ChangeableConfig } from './fault.ts';

/** The configuration file of a component that reads the file again after SIGHUP. */
export class ConfigFile implements ChangeableConfig {
  readonly #path: string;
  readonly #reload: () => boolean;
  #original: string | undefined;

  /** @param reload sends SIGHUP to the component; returns false if the component has no process */
  constructor(path: string, reload: () => boolean) {
    this.#path = path;
    this.#reload = reload;
  }

  async change(edit: (text: string) => string): Promise<void> {
    this.#original ??= await readFile(this.#path, 'utf8');
    await writeFile(this.#path, edit(this.#original));
    if (this.#reload()) return;
    await this.restore();
    throw new NotPossibleNow(
      `The program that reads ${this.#path} does not run. Start this program, then inject the fault again.`,
    );
  }

  async restore(): Promise<void> {
    if (this.#original === undefined) return;
    await writeFile(this.#path, this.#original);
    this.#original = undefined;
    this.#reload();
  }
}
