import { Check, CircleDashed, CircleHelp, type LucideIcon, X } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";

export const outcomeWords: Readonly<Record<DeliveryOutcome, string>> = {
  delivered: "Delivered",
  failed: "Failed",
  pending: "Pending",
  unknown: "Not known",
};

const marks: Readonly<Record<DeliveryOutcome, { readonly icon: LucideIcon; readonly ink: string }>> = {
  delivered: { icon: Check, ink: "text-quiet" },
  failed: { icon: X, ink: "text-danger" },
  pending: { icon: CircleDashed, ink: "text-strong" },
  unknown: { icon: CircleHelp, ink: "text-strong" },
};

/** What became of a delivery, by shape and word. */
export function OutcomeMark({
  outcome,
  className,
}: {
  readonly outcome: DeliveryOutcome;
  readonly className?: string;
}) {
  const { icon: Icon, ink } = marks[outcome];
  return (
    <span className={cx("inline-flex min-w-0 items-center gap-1.5 align-middle", className)}>
      <Icon aria-hidden="true" className={cx("size-3.5 shrink-0", ink)} strokeWidth={2} />
      <span className="truncate">{outcomeWords[outcome]}</span>
    </span>
  );
}
