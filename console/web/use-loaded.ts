import { useEffect, useRef, useState } from 'preact/hooks';
import { isEqual } from './keep-equal.ts';

export interface Loaded<T> {
  /** The last successful result, also while a newer load runs or after a newer load has failed. */
  readonly result?: T;
  readonly error?: string;
  readonly loading: boolean;
}

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
      if (document.visibilityState !== 'visible') {
        document.addEventListener('visibilitychange', run, { once: true, signal: ended.signal });
        return;
      }
      try {
        const result = await load(ended.signal);
        if (!ended.signal.aborted) setState((last) => unlessEqual(last, { result, loading: false }));
      } catch (error) {
        if (ended.signal.aborted) return;
        const text = error instanceof Error ? error.message : String(error);
        setState((last) => unlessEqual(last, { ...last, error: text, loading: false }));
      }
      if (everyMs > 0 && !ended.signal.aborted) timer = setTimeout(run, everyMs);
    };
    if (loadedKey.current !== key) {
      loadedKey.current = key;
      // An error of the previous `key` does not apply to the new `key`.
      setState(({ error: _, ...last }) => ({ ...last, loading: true }));
    }
    void run();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
    // The effect must not depend on `load`, because each render creates a new `load` function.
  }, [key, everyMs, again]);
  return state;
}

const unlessEqual = <T>(last: T, next: T): T => (isEqual(last, next) ? last : next);
