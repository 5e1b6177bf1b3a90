/**
 * A query as code. A long query breaks after a bracket, a comma or an underscore, and not inside a word.
 */
export function Promql({ text }: { readonly text: string }) {
  const pieces = text.split(/(?<=[[({,_])/);
  return (
    <code>
      {pieces.map((piece, index) => (
        <>
          {index > 0 && <wbr />}
          {piece}
        </>
      ))}
    </code>
  );
}
