/** The name of a view; a dot where what is shown differs from it. */
export function ViewName({ name, isModified }: { readonly name: string; readonly isModified: boolean }) {
  return (
    <>
      <span className="min-w-0 truncate">{name}</span>
      {isModified ? (
        <span className="size-1.5 shrink-0 rounded-full bg-accent">
          <span className="sr-only">, modified</span>
        </span>
      ) : null}
    </>
  );
}
