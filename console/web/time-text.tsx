import { now } from './live.ts';

/**
 * A text that depends on the current time. Every second, Preact draws only this text again.
 * @param text receives the Unix time in milliseconds
 */
export function TimeText({ text }: { readonly text: (now: number) => string }) {
  return <>{text(now.value)}</>;
}
