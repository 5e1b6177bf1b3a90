import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keepEqual } from './keep-equal.ts';

/**
 * Returns a signal with the result of `read`. If a new result is equal to the old result, the signal keeps the old
 * object, and the page does not draw the component again.
 * @param read must use only signals, because only a change of a signal calls `read` again. A change of a property of the
 *   component does not call `read` again.
 */
export function useKept<T>(read: () => T): ReadonlySignal<T> {
  const last = useRef<T>(undefined);
  return useComputed(() => {
    last.current = keepEqual(last.current, read());
    return last.current;
  });
}
