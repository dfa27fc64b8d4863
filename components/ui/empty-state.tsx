import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";

export interface EmptyStateProps {
  readonly icon?: LucideIcon;
  /** One sentence: why there is nothing. */
  readonly title: ReactNode;
  /** What it means, or what to do. */
  readonly children?: ReactNode;
  /** The one action that helps. */
  readonly action?: ReactNode;
  readonly className?: string;
}

/** Nothing here, and why: a sentence and one action. */
export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cx("flex flex-col items-center justify-center gap-2 px-6 py-12 text-center", className)}>
      {Icon ? <Icon aria-hidden="true" className="mb-1 size-6 text-quiet" strokeWidth={1.5} /> : null}
      <p className="max-w-[44ch] text-14 font-medium text-balance text-strong">{title}</p>
      {children ? <div className="max-w-[60ch] text-13 text-pretty text-quiet">{children}</div> : null}
      {action ? <div className="mt-3 flex gap-2">{action}</div> : null}
    </div>
  );
}
