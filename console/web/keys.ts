import { useEffect, useRef } from 'preact/hooks';

/** Whether the shortcuts of the page must ignore this key press. */
function isElsewhere(event: KeyboardEvent): boolean {
  // `event.target` would be the element around the PromQL field, because the field has a shadow root.
  const [target] = event.composedPath();
  const isField =
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  // The space key presses the focused button. The page must not run another action for this key.
  const isPress =
    event.key === ' ' && target instanceof Element && target.closest('button, a, summary') !== null;
  return isField || isPress || event.ctrlKey || event.metaKey || event.altKey;
}

/** Ignores keys in input fields. Returns a function that removes the handlers. */
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

/** @param handlers by `KeyboardEvent.key`, with letters in lower case */
export function useKeys(handlers: Readonly<Record<string, () => void>>): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => onKeys(() => latest.current), []);
}
