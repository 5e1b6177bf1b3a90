import { now } from './live.ts';

/**
 * A text that depends on the current time. Every second, only this text is drawn again, and not the component that
 * contains it.
 * @param text receives the current Unix time in milliseconds
 */
export function TimeText({ text }: { readonly text: (now: number) => string }) {
  return <>{text(now.value)}</>;
}
