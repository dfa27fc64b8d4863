/** Nothing known, in a cell: a dash for the eye, a word for the ear. */
export function Dash({ word }: { readonly word: string }) {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{word}</span>
    </>
  );
}
