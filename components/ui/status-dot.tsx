import type { ReactNode } from "react";
import { cx } from "./class-names";

type Fill = "hollow" | "half" | "solid" | "unknown";

/** Upstream's words in lower case without spaces; Defender's own names come through unfolded at times. */
const fills: Readonly<Record<string, Fill>> = {
  new: "hollow",
  active: "half",
  open: "half",
  inprogress: "half",
  closed: "solid",
  resolved: "solid",
};

const ring = <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.8" />;

const shapes: Record<Fill, ReactNode> = {
  hollow: ring,
  half: (
    <>
      {ring}
      <path d="M8 3a5 5 0 0 0 0 10Z" fill="currentColor" />
    </>
  ),
  solid: <circle cx="8" cy="8" r="5.8" fill="currentColor" />,
  unknown: (
    <circle
      cx="8"
      cy="8"
      r="5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeDasharray="2.6 2.6"
    />
  ),
};

export interface StatusDotProps {
  /** As upstream spells it; unlisted ones get a broken ring and their own word. Null or empty: not given. */
  readonly status: string | null;
  readonly word?: boolean;
  readonly className?: string;
}

/** Status by the fill of a dot, never by hue: hollow is new, half is active, solid and quiet is closed. */
export function StatusDot({ status, word = false, className }: StatusDotProps) {
  const name = status || "Status not given";
  const fill = fills[name.toLowerCase().replace(/\s+/g, "")] ?? "unknown";
  return (
    <span
      className={cx("inline-flex min-w-0 items-center align-middle gap-1.5", className)}
      data-tip={word ? undefined : name}
    >
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className={cx(
          "size-3 shrink-0",
          fill === "solid" || fill === "unknown" ? "text-quiet" : "text-strong",
        )}
      >
        {shapes[fill]}
      </svg>
      <span className={word ? "truncate" : "sr-only"}>{name}</span>
    </span>
  );
}
