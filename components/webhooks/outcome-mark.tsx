import { Check, CircleDashed, CircleHelp, X } from "lucide-react";
import { type IconMark, IconWord } from "@/components/ui/icon-word";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";

export const outcomeWords: Readonly<Record<DeliveryOutcome, string>> = {
  delivered: "Delivered",
  failed: "Failed",
  pending: "Pending",
  unknown: "Not known",
};

const marks: Readonly<Record<DeliveryOutcome, IconMark>> = {
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
  return <IconWord mark={marks[outcome]} word={outcomeWords[outcome]} className={className} />;
}
