import type { LucideIcon } from "lucide-react";
import { cx } from "./class-names";

/** A sign and its ink: how a state looks. */
export interface IconMark {
  readonly icon: LucideIcon;
  readonly ink: string;
}

export interface IconWordProps {
  readonly mark: IconMark;
  readonly word: string;
  readonly tip?: string;
  /** The word is for screen readers only. */
  readonly isWordHidden?: boolean;
  readonly className?: string;
}

/** How something stands, by shape and word. */
export function IconWord({ mark, word, tip, isWordHidden = false, className }: IconWordProps) {
  const { icon: Icon, ink } = mark;
  return (
    <span data-tip={tip} className={cx("inline-flex min-w-0 items-center gap-1.5 align-middle", className)}>
      <Icon aria-hidden="true" className={cx("size-3.5 shrink-0", ink)} strokeWidth={2} />
      <span className={isWordHidden ? "sr-only" : "truncate"}>{word}</span>
    </span>
  );
}
