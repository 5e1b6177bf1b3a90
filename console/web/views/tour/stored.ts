import { type Signal, signal } from '@preact/signals';

/** A reload of the page keeps the value. Stored text that is not JSON gives the value `initial`. */
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
