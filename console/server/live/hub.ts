import type { LiveSection, LiveSections } from '../../live.ts';

type Listener = (section: LiveSection, json: string) => void;

/** Keeps the newest value of each section, and sends changed sections to open pages. */
export class LiveHub {
  readonly #values = new Map<LiveSection, string>();
  readonly #listeners = new Set<Listener>();
  readonly #onFirstPage: (() => void)[] = [];

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Registers `read`. The hub calls `read` each time the number of open pages changes from 0 to 1. */
  onFirstPage(read: () => void): void {
    this.#onFirstPage.push(read);
  }

  publish<Name extends LiveSection>(section: Name, value: LiveSections[Name]): void {
    const json = JSON.stringify(value);
    if (this.#values.get(section) === json) return;
    this.#values.set(section, json);
    for (const listener of this.#listeners) listener(section, json);
  }

  /** Calls the listener at once with all known sections, and then with each change. */
  subscribe(listener: Listener): () => void {
    for (const [section, json] of this.#values) listener(section, json);
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) for (const read of this.#onFirstPage) read();
    return () => this.#listeners.delete(listener);
  }
}
