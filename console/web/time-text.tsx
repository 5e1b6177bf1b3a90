import { now } from './live.ts';

/**
 * Every second, Preact draws the text alone again.
 * @param text receives Unix milliseconds
 */
export function TimeText({ text }: { readonly text: (now: number) => string }) {
  return <>{text(now.value)}</>;
}
