import { cx } from "./class-names";

/** A placeholder in the final size of what is being read; give it that size by `className`. Silent to screen readers. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={cx("skeleton block", className)} />;
}
