import type { ReactNode } from "react";
import { cx } from "./class-names";

export type SeverityLevel = "High" | "Medium" | "Low" | "Informational";

interface SeverityLook {
  readonly ink: string;
  readonly shape: ReactNode;
}

/** Shape first, colour second: a filled triangle, a filled diamond, a ring, a dash. */
const looks: Record<SeverityLevel, SeverityLook> = {
  High: {
    ink: "text-severity-high",
    shape: (
      <path d="M8 2.2 14.4 13.4H1.6Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
    ),
  },
  Medium: {
    ink: "text-severity-medium",
    shape: (
      <path
        d="M8 1.6 14.4 8 8 14.4 1.6 8Z"
        fill="currentColor"
        stroke="currentColor"
        strokeLinejoin="round"
      />
    ),
  },
  Low: {
    ink: "text-severity-low",
    shape: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  },
  Informational: {
    ink: "text-severity-informational",
    shape: <path d="M3 8h10" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />,
  },
};

const unknownLook: SeverityLook = {
  ink: "text-quiet",
  shape: <rect x="3" y="3" width="10" height="10" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

function lookOf(severity: string): SeverityLook {
  const known = Object.entries(looks).find(([name]) => name.toLowerCase() === severity.toLowerCase());
  return known ? known[1] : unknownLook;
}

export interface SeverityMarkProps {
  /** As upstream spells it; unlisted ones get a hollow square and their own word. Null or empty: not given. */
  readonly severity: string | null;
  /** Draw the word beside the shape; without it the word is in the tooltip and for screen readers. */
  readonly word?: boolean;
  readonly className?: string;
}

/** Severity by shape, colour and word. */
export function SeverityMark({ severity, word = false, className }: SeverityMarkProps) {
  const name = severity || "Severity not given";
  const look = lookOf(name);
  return (
    <span
      className={cx("inline-flex shrink-0 items-center align-middle gap-1.5", className)}
      data-tip={word ? undefined : name}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className={cx("size-3 shrink-0", look.ink)}>
        {look.shape}
      </svg>
      <span className={word ? "truncate" : "sr-only"}>{name}</span>
    </span>
  );
}
