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
