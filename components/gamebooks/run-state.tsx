import {
  Ban,
  Check,
  CircleAlert,
  CircleDotDashed,
  CircleHelp,
  CircleMinus,
  Clock,
  UserCheck,
  X,
} from "lucide-react";
import { type IconMark, IconWord } from "@/components/ui/icon-word";
import { type RunState, runState, stateWords } from "@/lib/domain/gamebook-status";
import { spellOut } from "@/lib/domain/incident-view-words";

const marks: Readonly<Record<RunState, IconMark>> = {
  approval: { icon: UserCheck, ink: "text-strong" },
  queued: { icon: Clock, ink: "text-quiet" },
  running: { icon: CircleDotDashed, ink: "text-strong" },
  succeeded: { icon: Check, ink: "text-quiet" },
  partial: { icon: CircleAlert, ink: "text-danger" },
  failed: { icon: X, ink: "text-danger" },
  rejected: { icon: Ban, ink: "text-strong" },
  cancelled: { icon: CircleMinus, ink: "text-quiet" },
  unknown: { icon: CircleHelp, ink: "text-strong" },
};

/** How a run or a playbook stands, in our words; a status that we do not know keeps its own. */
export function statusText(status: string | null): string {
  const state = runState(status);
  if (state !== "unknown") return stateWords(state);
  return status ? spellOut(status) : "Status not given";
}

export interface RunStateMarkProps {
  /** As upstream spells it. */
  readonly status: string | null;
  readonly word?: boolean;
  readonly className?: string;
}

/** How a run or a playbook stands, by shape and word; red is for what failed only. */
export function RunStateMark({ status, word = false, className }: RunStateMarkProps) {
  const text = statusText(status);
  // Two words of upstream may stand for one of ours: the tip has its own.
  const own = status !== null && spellOut(status) !== text ? `${text} (${status})` : text;
  return (
    <IconWord
      mark={marks[runState(status)]}
      word={text}
      tip={word && own === text ? undefined : own}
      isWordHidden={!word}
      className={className}
    />
  );
}
