"use client";

import { Dash } from "@/components/data/list/dash";
import { useClock } from "@/components/shell/clock";
import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { formatDuration } from "@/lib/domain/duration";
import { runDuration, type RunDurationBasis } from "@/lib/domain/gamebook-times";

const tips: Readonly<Record<RunDurationBasis, string>> = {
  playbooks: "From the first start of a playbook to the last end",
  whole: "From creation to the last change, waiting included",
  waiting: "Since its creation; it has not ended",
};

/** How long a run took or has taken, and from when to when. */
export function RunDuration(props: {
  readonly run: Gamebook;
  readonly playbooks: readonly Playbook[] | null;
}) {
  const nowMs = useClock(15_000);
  const { ms, basis } = runDuration(props.run, props.playbooks, nowMs);
  if (basis === null) return <Dash word="Duration not known" />;
  return (
    <span
      data-tip={tips[basis]}
      className={basis === "waiting" ? "whitespace-nowrap text-strong" : "whitespace-nowrap"}
    >
      {formatDuration(ms)}
    </span>
  );
}
