import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keepEqual } from './keep-equal.ts';

/**
 * A signal with the result of `read`. An equal result does not draw the component again.
 * @param read runs again only after a change of a signal
 */
export function useKept<T>(read: () => T): ReadonlySignal<T> {
  const last = useRef<T>(undefined);
  return useComputed(() => {
    last.current = keepEqual(last.current, read());
    return last.current;
  });
}
