import { Ban, Check, CircleHelp, X } from "lucide-react";
import { type IconMark, IconWord } from "@/components/ui/icon-word";
import type { AuditOutcome } from "@/lib/domain/audit";

export const outcomeWords: Readonly<Record<AuditOutcome, string>> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed",
  unknown: "Unknown",
};

const marks: Readonly<Record<AuditOutcome, IconMark & { readonly tip: string }>> = {
  done: { icon: Check, ink: "text-quiet", tip: "It happened" },
  refused: { icon: Ban, ink: "text-strong", tip: "Somebody said no: Watchfloor or ContraForce" },
  failed: { icon: X, ink: "text-danger", tip: "It was tried and did not happen" },
  unknown: { icon: CircleHelp, ink: "text-strong", tip: "Begun; nobody can say whether it happened" },
};

/** How an act ended, by shape and word. */
export function Outcome({ outcome }: { readonly outcome: AuditOutcome }) {
  return <IconWord mark={marks[outcome]} word={outcomeWords[outcome]} tip={marks[outcome].tip} />;
}
