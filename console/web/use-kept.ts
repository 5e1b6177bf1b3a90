import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keepEqual } from './keep-equal.ts';

/**
 * Returns a signal with the result of `read`. If a new result equals the last result, the component is not drawn
 * again.
 * @param read function that reads other signals. A change of such a signal calls `read` again
 */
export function useKept<T>(read: () => T): ReadonlySignal<T> {
  const last = useRef<T>(undefined);
  return useComputed(() => {
    last.current = keepEqual(last.current, read());
    return last.current;
  });
}
