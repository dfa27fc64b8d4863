import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";

export interface PartProps {
  readonly title: string;
  /** How many there are, beside the title. */
  readonly count?: number;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A part of what a drawer or page shows, under its heading, separated by a line and space. */
export function Part({ title, count, children, className }: PartProps) {
  return (
    <section className={cx("border-t border-line px-4 py-3 first:border-t-0", className)}>
      <h3 className="mb-2 flex items-baseline gap-2 text-13 font-semibold text-strong">
        {title}
        {count === undefined ? null : <span className="text-12 font-normal text-quiet">{count}</span>}
      </h3>
      {children}
    </section>
  );
}

/** Lines of a part that is on its way. */
export function PartSkeleton({ lines }: { readonly lines: number }) {
  return (
    <div className="flex flex-col gap-2 py-1">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cx("h-3", ["w-full", "w-11/12", "w-3/5"][line % 3])} />
      ))}
    </div>
  );
}
