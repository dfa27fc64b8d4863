"use client";

import { ListStatus } from "@/components/data/list/list-status";
import { useFormatTime } from "@/components/data/use-format-time";
import type { Waiting } from "@/lib/domain/incident-view-arrange";
import { describeCount } from "@/lib/domain/incident-view-count";
import type { IncidentList } from "@/lib/queries/incident-list";
import { PendingPill } from "@/components/data/list/pending-pill";
import { useWalkSummary } from "./use-walk-summary";
import { WalkProgress } from "./walk-progress";

export interface QueueStatusProps {
  readonly walk: IncidentList;
  readonly matching: number;
  readonly narrowed: boolean;
  /** "open", "closed" or "incidents". */
  readonly kind: string;
  readonly waiting: Waiting;
  readonly onApply: () => void;
}

/** The line above the list: how many, resting on what, how far, how old. Always there, so that nothing jumps. */
export function QueueStatus({ walk, matching, narrowed, kind, waiting, onApply }: QueueStatusProps) {
  const formatTime = useFormatTime();
  const { finished, current } = useWalkSummary(walk);
  const { state, phase } = walk;
  const text = describeCount(
    {
      ...{ matching, loaded: state.loaded, narrowed, kind, phase, finished, current },
      total: state.figures?.total ?? null,
      isBeyondRegister: walk.isBeyondRegister,
    },
    formatTime,
  );
  return (
    <ListStatus
      text={text}
      testId="incident-count"
      asOf={state.finished?.asOf ?? state.current?.asOf ?? null}
      onRefresh={walk.refresh}
      progress={<WalkProgress walk={walk} />}
      waiting={<PendingPill waiting={waiting} onApply={onApply} />}
    />
  );
}
