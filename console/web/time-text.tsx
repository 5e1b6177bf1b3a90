import { now } from './live.ts';

/** @param text receives Unix milliseconds */
export function TimeText({ text }: { readonly text: (now: number) => string }) {
  return <>{text(now.value)}</>;
}
