"use client";

import { CircleCheck, CircleDashed, Pause, SearchX } from "lucide-react";
import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type CoverageSummary, describeCoverage } from "@/lib/domain/coverage";
import { isNarrowed, type ViewFilter } from "@/lib/domain/incident-view";
import { kindOfWork, windowText } from "@/lib/domain/incident-view-words";
import type { IncidentWalk } from "@/lib/queries/incident-walk";
import { useWalkSummary } from "./use-walk-summary";

export interface QueueEmptyProps {
  readonly walk: IncidentWalk;
  readonly filter: ViewFilter;
  readonly onClear: () => void;
  readonly onWiden: () => void;
}

/** Why there is no row: paused, not read, none match, or none exist. Each looks and reads differently. */
export function QueueEmpty({ walk, filter, onClear, onWiden }: QueueEmptyProps) {
  const formatTime = useFormatTime();
  const { finished, current } = useWalkSummary(walk);
  if (walk.phase === "paused" && walk.state.loaded === 0)
    return (
      <EmptyState
        icon={Pause}
        title="Reading is paused"
        action={<Button onClick={walk.resume}>Go on reading</Button>}
      >
        Nothing has been found so far.
      </EmptyState>
    );
  const summary = finished ?? current;
  const rest = summary === null || summary.complete ? null : describeCoverage(summary, formatTime);
  if (isNarrowed(filter) || walk.state.loaded > 0)
    return <NoneMatch loaded={walk.state.loaded} rest={rest} onClear={onClear} />;
  return <NoneExist filter={filter} summary={summary} rest={rest} onWiden={onWiden} walk={walk} />;
}

interface RestProps {
  /** What the emptiness leaves out; null when everything was read. */
  readonly rest: string | null;
}

function NoneMatch({ loaded, rest, onClear }: RestProps & { readonly loaded: number; onClear: () => void }) {
  const among = loaded > 0 ? ` among the ${loaded.toLocaleString("en")} loaded` : "";
  return (
    <EmptyState
      icon={SearchX}
      title={`No incident matches these filters${among}`}
      action={<Button onClick={onClear}>Clear filters</Button>}
    >
      {rest === null ? null : <p>Others may exist where nothing could be read: {rest}.</p>}
    </EmptyState>
  );
}

function NoneExist({
  filter,
  summary,
  rest,
  onWiden,
  walk,
}: RestProps & {
  readonly filter: ViewFilter;
  readonly summary: CoverageSummary | null;
  readonly onWiden: () => void;
  readonly walk: IncidentWalk;
}) {
  const kind = kindOfWork(filter);
  const what = kind === "incidents" ? "incidents" : `${kind} incidents`;
  const when = windowText(filter.window, String).toLowerCase();
  const within = filter.window.type === "Custom" ? "in this time range" : `in the ${when}`;
  const isWidest = filter.window.type === "FourtyEightHours" || filter.window.type === "Custom";
  if (rest !== null)
    return (
      <EmptyState
        icon={CircleDashed}
        title={`No ${what} ${within} in what could be read`}
        action={<Button onClick={walk.refresh}>Read everything anew</Button>}
      >
        <p>{rest}. Nothing can be said about the rest.</p>
      </EmptyState>
    );
  const total = summary?.workspacesTotal ?? 0;
  return (
    <EmptyState
      icon={CircleCheck}
      title={`No ${what} ${within}`}
      action={isWidest ? null : <Button onClick={onWiden}>Show the last 48 hours</Button>}
    >
      <p>
        {total === 1 ? "The workspace was" : `All ${total.toLocaleString("en")} workspaces were`} read to the
        end.
      </p>
    </EmptyState>
  );
}
