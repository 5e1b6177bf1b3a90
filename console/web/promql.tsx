/** Allows a new line after an opening bracket, a comma or an underscore of the query. */
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
