import { type Signal, signal } from '@preact/signals';

/**
 * A signal that keeps its value in this window after a reload of the page. If the stored text is not JSON, the signal
 * starts with `initial`.
 */
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
