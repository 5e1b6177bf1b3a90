import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** A panel at most this far outside the visible page already loads its data. */
const margin = '120px';

export function useOnScreen(element: RefObject<HTMLElement | null>): boolean {
  const [isOnScreen, setOnScreen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new IntersectionObserver(([entry]) => setOnScreen(entry?.isIntersecting ?? false), {
      rootMargin: margin,
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return isOnScreen;
}

export interface PanelState<T> {
  readonly data?: T | undefined;
  readonly error?: string | undefined;
  readonly isLoading: boolean;
}

/** Loads data after a change of `key`, if `isWanted` is true. Old data stays until the load ends. */
export function usePanelData<T>(
  key: string,
  isWanted: boolean,
  load: (signal: AbortSignal) => Promise<T>,
): PanelState<T> {
  const [state, setState] = useState<PanelState<T>>({ isLoading: false });
  const loaded = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!isWanted) return;
    if (loaded.current === key) {
      setState((last) => (last.isLoading ? { ...last, isLoading: false } : last));
      return;
    }
    const ended = new AbortController();
    setState((last) => ({ ...last, isLoading: true }));
    load(ended.signal).then(
      (data) => {
        if (ended.signal.aborted) return;
        loaded.current = key;
        setState({ data, isLoading: false });
      },
      (error: unknown) => {
        if (ended.signal.aborted) return;
        loaded.current = key;
        setState({ error: error instanceof Error ? error.message : String(error), isLoading: false });
      },
    );
    return () => ended.abort();
    // `load` must not be a dependency of the effect. Each render passes a new function `load`.
  }, [key, isWanted]);
  return state;
}
