import { useEffect, useState } from 'preact/hooks';
import { ApiError } from './api.ts';

export interface Loaded<T> {
  /** The last result; it stays while a newer one loads or fails. */
  readonly result?: T;
  /** Why the last attempt failed. */
  readonly error?: string;
  readonly loading: boolean;
}

/**
 * Loads something now, when `key` changes, and every `everyMs` while the page is visible.
 * @param everyMs 0 loads once
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>, everyMs = 0): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ loading: true });
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const result = await load(ended.signal);
          if (!ended.signal.aborted) setState({ result, loading: false });
        } catch (error) {
          if (ended.signal.aborted) return;
          const text = error instanceof ApiError || error instanceof Error ? error.message : String(error);
          setState((last) => ({ ...last, error: text, loading: false }));
        }
      }
      if (everyMs > 0 && !ended.signal.aborted) timer = setTimeout(run, everyMs);
    };
    // An error belongs to the load that failed: a repeated load that fails again reports its error again.
    setState(({ error: _, ...last }) => ({ ...last, loading: true }));
    void run();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
    // The key names what `load` loads.
  }, [key, everyMs]);
  return state;
}
