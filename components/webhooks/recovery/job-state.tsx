import { Check, CircleDashed, CirclePause, ListChecks, LoaderCircle, X } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import { type IconMark, IconWord } from "@/components/ui/icon-word";
import type { RecoveryState } from "@/lib/domain/recovery";
import { stateWords } from "./words";

const marks: Readonly<Record<RecoveryState, IconMark>> = {
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
  return <IconWord mark={marks[state]} word={stateWords[state]} className={cx("text-normal", className)} />;
}
