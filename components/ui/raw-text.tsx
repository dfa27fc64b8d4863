import { cx } from "./class-names";

export interface RawTextProps {
  readonly text: string;
  /** What it is, spoken: "The row as ContraForce sent it". */
  readonly label: string;
  /** How high it may grow, and its ground. */
  readonly className: string;
}

/** Text as it came, never as markup. A long one scrolls in its box, by keyboard too. */
export function RawText({ text, label, className }: RawTextProps) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className={cx(
        "focus-inset overflow-auto rounded-control border border-line p-3 font-mono text-12 whitespace-pre-wrap wrap-anywhere text-normal",
        className,
      )}
    >
      {text}
    </pre>
  );
}
