import { now } from './live.ts';

export function TimeText({ text }: { readonly text: (now: number) => string }) {
  return <>{text(now.value)}</>;
}
