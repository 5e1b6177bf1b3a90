import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keepEqual } from './keep-equal.ts';

/**
 * A value from signals. The component is drawn again only after a change of the value. Unchanged parts of the value
 * keep their identity.
 * @param read must depend only on signals, because a new property of the component does not compute the value again
 */
export function useKept<T>(read: () => T): ReadonlySignal<T> {
  const last = useRef<T>(undefined);
  return useComputed(() => {
    last.current = keepEqual(last.current, read());
    return last.current;
  });
}
