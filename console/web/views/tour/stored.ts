import { type Signal, signal } from '@preact/signals';

/** A signal whose value survives a reload of the page, for this window. A stored text that is no JSON counts as absent. */
export function storedSignal<T>(key: string, initial: T): Signal<T> {
  const stored = signal(read(key) ?? initial);
  stored.subscribe((value) => sessionStorage.setItem(key, JSON.stringify(value)));
  return stored;

  function read(name: string): T | undefined {
    try {
      return JSON.parse(sessionStorage.getItem(name) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }
}
