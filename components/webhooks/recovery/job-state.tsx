import { Check, CircleDashed, CirclePause, ListChecks, LoaderCircle, type LucideIcon, X } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { RecoveryState } from "@/lib/domain/recovery";
import { stateWords } from "./words";

const marks: Readonly<Record<RecoveryState, { readonly icon: LucideIcon; readonly ink: string }>> = {
  planning: { icon: CircleDashed, ink: "text-strong" },
  planned: { icon: ListChecks, ink: "text-strong" },
  running: { icon: LoaderCircle, ink: "text-strong" },
  checking: { icon: LoaderCircle, ink: "text-strong" },
  stopped: { icon: CirclePause, ink: "text-strong" },
  done: { icon: Check, ink: "text-quiet" },
  failed: { icon: X, ink: "text-danger" },
};

/** How a recovery stands, by shape and word. */
export function JobState({
  state,
  className,
}: {
  readonly state: RecoveryState;
  readonly className?: string;
}) {
  const { icon: Icon, ink } = marks[state];
  return (
    <span className={cx("inline-flex items-center gap-1.5 align-middle text-normal", className)}>
      <Icon aria-hidden="true" className={cx("size-3.5 shrink-0", ink)} strokeWidth={2} />
      {stateWords[state]}
    </span>
  );
}
