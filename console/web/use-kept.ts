import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keepEqual } from './keep-equal.ts';

/**
 * Computes a value from signals, and keeps the old value if the content is equal.
 * @param read must read only signals, because a change of properties does not call `read`
 */
export function useKept<T>(read: () => T): ReadonlySignal<T> {
  const last = useRef<T>(undefined);
  return useComputed(() => {
    last.current = keepEqual(last.current, read());
    return last.current;
  });
}
