import type { QueryNote } from './prometheus.ts';

/** Prometheus' annotations about queries. A text that several queries return is shown once. */
export function QueryNotes({ notes }: { readonly notes: readonly QueryNote[] }) {
  const levels = new Map(notes.map(({ text, level }) => [text, level]));
  return (
    <>
      {[...levels].map(([text, level]) => (
        <p key={text} class={level === 'warning' ? 'notice warn' : 'notice info'}>
          {text}
        </p>
      ))}
    </>
  );
}
