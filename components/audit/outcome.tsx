import { Ban, Check, CircleHelp, type LucideIcon, X } from "lucide-react";
import type { AuditOutcome } from "@/lib/domain/audit";

export const outcomeWords: Readonly<Record<AuditOutcome, string>> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed",
  unknown: "Unknown",
};

const marks: Readonly<Record<AuditOutcome, { icon: LucideIcon; ink: string; tip: string }>> = {
  done: { icon: Check, ink: "text-quiet", tip: "It happened" },
  refused: { icon: Ban, ink: "text-strong", tip: "Somebody said no: Watchfloor or ContraForce" },
  failed: { icon: X, ink: "text-danger", tip: "It was tried and did not happen" },
  unknown: { icon: CircleHelp, ink: "text-strong", tip: "Begun; nobody can say whether it happened" },
};

/** How an act ended, by shape and word. */
export function Outcome({ outcome }: { readonly outcome: AuditOutcome }) {
  const { icon: Icon, ink, tip } = marks[outcome];
  return (
    <span className="inline-flex items-center gap-1.5 align-middle" data-tip={tip}>
      <Icon aria-hidden="true" className={`size-3.5 shrink-0 ${ink}`} strokeWidth={2} />
      {outcomeWords[outcome]}
    </span>
  );
}
