import type { QueryNote } from './prometheus.ts';

/** The annotations of Prometheus about queries. An annotation that several queries return is shown only once. */
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
