import type { QueryNote } from './prometheus.ts';

/** Shows each note once, even if several queries return the note. */
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
