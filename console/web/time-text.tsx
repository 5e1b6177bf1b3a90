import { now } from './live.ts';

/**
 * A text that depends on the current time. When time passes, only this text is drawn again, and not the component around
 * it.
 * @param text the function that gets the current Unix time in milliseconds
 */
export function TimeText({ text }: { readonly text: (now: number) => string }) {
  return <>{text(now.value)}</>;
}
