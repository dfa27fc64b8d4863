import { cx } from "@/components/ui/class-names";

/** So many characters at the end of a long text stay in sight; titles differ at their ends ("… on FIN-042"). */
const tailLength = 14;

/**
 * Text on one line that gives way in its middle. The whole text is in the page, and on hover while it is cut.
 * No script measures anything: the front part shrinks, the tail does not.
 */
export function MiddleText({ text, className }: { readonly text: string; readonly className?: string }) {
  const cut = text.length > tailLength * 2 ? text.length - tailLength : text.length;
  return (
    <span data-tip={text} data-tip-cut="" className={cx("flex min-w-0", className)}>
      <span className="min-w-0 truncate whitespace-pre">{text.slice(0, cut)}</span>
      {cut < text.length ? <span className="shrink-0 whitespace-pre">{text.slice(cut)}</span> : null}
    </span>
  );
}
