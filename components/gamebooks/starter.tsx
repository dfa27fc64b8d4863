import { Bot, CircleHelp, type LucideIcon, User, Zap } from "lucide-react";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { type StarterKind, startedBy, starterText } from "@/lib/domain/gamebook-run";

const marks: Readonly<Record<StarterKind, { readonly icon: LucideIcon; readonly word: string }>> = {
  automatic: { icon: Zap, word: "Started by itself" },
  person: { icon: User, word: "Started by a person" },
  agent: { icon: Bot, word: "Started by an agent" },
  unknown: { icon: CircleHelp, word: "Nobody is named as having started it" },
};

/** Who started a run: a person, an agent, or nobody. */
export function StarterName({ run }: { readonly run: Gamebook }) {
  const starter = startedBy(run);
  const { icon: Icon, word } = marks[starter.kind];
  const text = starterText(starter);
  return (
    <span data-tip={`${text}\n${word}`} className="inline-flex min-w-0 items-center gap-1.5 align-middle">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-quiet" strokeWidth={1.75} />
      <span className="truncate">{text}</span>
      <span className="sr-only">. {word}</span>
    </span>
  );
}
