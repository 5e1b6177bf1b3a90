import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keepEqual } from './keep-equal.ts';

/**
 * A value computed from signals. If a new value equals the old value, the component is not drawn again. Objects
 * inside the value stay the same objects while their content is equal.
 * @param read must read only signals. A change of a component property does not call `read` again.
 */
export function useKept<T>(read: () => T): ReadonlySignal<T> {
  const last = useRef<T>(undefined);
  return useComputed(() => {
    last.current = keepEqual(last.current, read());
    return last.current;
  });
}
