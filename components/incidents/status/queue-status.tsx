"use client";

import { RefreshCw } from "lucide-react";
import { DataAge } from "@/components/data/data-age";
import { useFormatTime } from "@/components/data/use-format-time";
import { IconButton } from "@/components/ui/icon-button";
import type { Waiting } from "@/lib/domain/incident-view-arrange";
import { describeCount } from "@/lib/domain/incident-view-count";
import type { IncidentWalk } from "@/lib/queries/incidents";
import { PendingPill } from "./pending-pill";
import { useWalkSummary } from "./use-walk-summary";
import { WalkProgress } from "./walk-progress";

export interface QueueStatusProps {
  readonly walk: IncidentWalk;
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
    { matching, loaded: state.loaded, narrowed, kind, phase, finished, current },
    formatTime,
  );
  return (
    <div className="relative flex h-8 shrink-0 items-center gap-2 border-b border-line px-3">
      <p
        data-testid="incident-count"
        data-tip={text}
        data-tip-cut=""
        className="min-w-0 truncate text-13 font-medium text-strong"
      >
        {text}
      </p>
      <WalkProgress walk={walk} />
      <span className="flex-1" />
      <PendingPill waiting={waiting} onApply={onApply} />
      <DataAge asOf={state.finished?.asOf ?? state.current?.asOf ?? null} />
      <IconButton
        icon={RefreshCw}
        label="Read everything anew"
        shortcut="r"
        size="small"
        className="size-6!"
        onClick={walk.refresh}
      />
    </div>
  );
}
