import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether the screen matches a media query. The signal changes when the user resizes the window. */
export function screenMatches(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => {
    matches.value = list.matches;
  });
  return matches;
}
