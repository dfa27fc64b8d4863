import { cx } from "@/components/ui/class-names";
import { splitForMiddle } from "./split-for-middle";

/**
 * Text on one line that gives way in its middle. The whole text is in the page, and on hover while it is cut.
 * No script measures anything: the front part shrinks, the tail does not.
 */
export function MiddleText({ text, className }: { readonly text: string; readonly className?: string }) {
  const [front, tail] = splitForMiddle(text);
  return (
    <span data-tip={text} data-tip-cut="" className={cx("flex min-w-0", className)}>
      <span className="min-w-0 truncate whitespace-pre">{front}</span>
      {tail === "" ? null : <span className="shrink-0 whitespace-pre">{tail}</span>}
    </span>
  );
}
