"use client";

import { Dash } from "@/components/data/list/dash";
import { describeFailure } from "@/components/data/failure-words";
import { Skeleton } from "@/components/ui/skeleton";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { countPlaybooks } from "@/lib/domain/gamebook-run";
import { hasBegun, type PlaybookReading } from "./use-playbooks";

/** How many playbooks of a run succeeded and failed: "3 ok, 1 failed". */
export function PlaybookCount({
  run,
  reading,
}: {
  readonly run: Gamebook;
  readonly reading: PlaybookReading;
}) {
  const { playbooks, error } = reading;
  if (playbooks === null) {
    if (!hasBegun(run)) return <Dash word="None has begun" />;
    if (error !== null)
      return <span data-tip={`Could not be read: ${describeFailure(error).title}`}>not read</span>;
    return run.workspaceId === null ? <Dash word="Not known" /> : <Skeleton className="h-2.5 w-14" />;
  }
  const { succeeded, failed, other, total } = countPlaybooks(playbooks);
  if (total === 0) return <Dash word="It has none" />;
  const rest = other === 0 ? "" : `, ${other} neither`;
  return (
    <span
      data-tip={`${total} ${total === 1 ? "playbook" : "playbooks"}: ${succeeded} succeeded, ${failed} failed${rest}`}
      className="truncate"
    >
      {succeeded} ok
      {failed > 0 ? <span className="font-medium text-danger">, {failed} failed</span> : null}
      {other > 0 ? <span className="text-quiet">{rest}</span> : null}
    </span>
  );
}
