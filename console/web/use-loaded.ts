import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api.ts';
import { isEqual } from './keep-equal.ts';

export interface Loaded<T> {
  /** The last successful result, also while a newer load runs or after a newer load has failed. */
  readonly result?: T;
  readonly error?: string;
  readonly loading: boolean;
}

/**
 * Loads data when the component appears, after each change of `key`, and every `everyMs` milliseconds. A hidden page
 * loads nothing. If the new data is equal to the last data, the component is not drawn again.
 * @param everyMs 0: no periodic load
 * @param again any value. After each change of this value, the hook loads the data another time, and keeps the old error
 *   and `loading` until the load ends. After a change of `key`, the hook removes the old error and sets `loading` to true.
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  everyMs = 0,
  again?: unknown,
): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ loading: true });
  const loadedKey = useRef<string>(undefined);
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const result = await load(ended.signal);
          if (!ended.signal.aborted) setState((last) => unlessEqual(last, { result, loading: false }));
        } catch (error) {
          if (ended.signal.aborted) return;
          const text = error instanceof ApiError || error instanceof Error ? error.message : String(error);
          setState((last) => unlessEqual(last, { ...last, error: text, loading: false }));
        }
      }
      if (everyMs > 0 && !ended.signal.aborted) timer = setTimeout(run, everyMs);
    };
    if (loadedKey.current !== key) {
      loadedKey.current = key;
      // The page now loads the data of another key. Removes the error, because it belongs to the data of the previous
      // key.
      setState(({ error: _, ...last }) => ({ ...last, loading: true }));
    }
    void run();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
    // The effect depends on `key` and not on `load`, because `load` is a new function at each render. The caller
    // must change `key` if `load` would return other data.
  }, [key, everyMs, again]);
  return state;
}

const unlessEqual = <T>(last: T, next: T): T => (isEqual(last, next) ? last : next);
