import { CircleAlert, Info, OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";
import { CopyButton } from "./copy-button";

export interface CalloutProps {
  /** `danger`: it failed. `caution`: part of it is missing. `neutral`: good to know. */
  readonly tone?: "danger" | "caution" | "neutral";
  /** What failed, in a person's words. */
  readonly title: ReactNode;
  /** Since when, such as "Since 14:02 UTC". */
  readonly since?: ReactNode;
  /** What goes on working. */
  readonly unaffected?: ReactNode;
  /** What to do about it. */
  readonly advice?: ReactNode;
  /** Ids to quote, each with a button that copies it. */
  readonly ids?: readonly { readonly label: string; readonly value: string }[];
  readonly action?: ReactNode;
  readonly className?: string;
}

const icons = { danger: OctagonX, caution: CircleAlert, neutral: Info } as const;
const inks = { danger: "text-danger", caution: "text-strong", neutral: "text-quiet" } as const;
const edges = { danger: "border-l-danger", caution: "border-l-strong", neutral: "border-l-edge" } as const;

/** A failure told completely: what, since when, what is unaffected, what to do, and the ids to quote. */
export function Callout({
  tone = "neutral",
  title,
  since,
  unaffected,
  advice,
  ids = [],
  action,
  className,
}: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cx(
        "flex gap-3 border border-l-2 border-line bg-panel py-3 pr-4 pl-3 text-13",
        "rounded-r-control",
        edges[tone],
        className,
      )}
    >
      <Icon aria-hidden="true" className={cx("mt-0.5 size-4 shrink-0", inks[tone])} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-strong">{title}</p>
        {since ? <p className="text-quiet">{since}</p> : null}
        {unaffected ? <p className="mt-1 text-normal">{unaffected}</p> : null}
        {advice ? <p className="mt-1 text-normal">{advice}</p> : null}
        {ids.map(({ label, value }) => (
          <p key={label} className="mt-1 flex min-w-0 items-center gap-1 text-12 text-quiet">
            <span className="shrink-0">{label}</span>
            <code className="truncate font-mono text-normal">{value}</code>
            <CopyButton text={value} what={label.toLowerCase()} />
          </p>
        ))}
        {action ? <div className="mt-2 flex flex-wrap gap-2">{action}</div> : null}
      </div>
    </div>
  );
}
