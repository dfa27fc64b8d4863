import type { ReactNode } from "react";
import { cx } from "./class-names";

export interface BadgeProps {
  readonly children: ReactNode;
  /** `accent` only for what is selected or new to the person; everything else is neutral. */
  readonly tone?: "neutral" | "accent";
  readonly className?: string;
}

/** A short count or word in a small rounded field. */
export function Badge({ children, tone = "neutral", className }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1.5 text-12 font-medium",
        tone === "accent" ? "bg-accent-ground text-accent" : "bg-raised text-normal",
        className,
      )}
    >
      {children}
    </span>
  );
}
