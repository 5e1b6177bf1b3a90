import { useEffect, useRef } from 'preact/hooks';

/** Whether a key press belongs to a field, or to the browser itself. */
function isElsewhere(event: KeyboardEvent): boolean {
  // The target of an event from a shadow root, such as that of the PromQL field, is the root's host.
  const [target] = event.composedPath();
  const isField =
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  return isField || event.ctrlKey || event.metaKey || event.altKey;
}

/** Calls the handler of a key. Keys in a field, and keys with Ctrl, Alt or Meta, call none. @returns a function that ends it */
export function onKeys(handlers: () => Readonly<Record<string, () => void>>): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (isElsewhere(event)) return;
    const handler = handlers()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!handler) return;
    event.preventDefault();
    handler();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

/** Handlers of keys while a component is on the page. The names are those of `KeyboardEvent.key`, letters in lower case. */
export function useKeys(handlers: Readonly<Record<string, () => void>>): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => onKeys(() => latest.current), []);
}
