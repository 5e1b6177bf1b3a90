import { type Signal, signal } from '@preact/signals';

/** A signal whose value stays in this window after a reload of the page. A stored text that is not JSON is ignored. */
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
