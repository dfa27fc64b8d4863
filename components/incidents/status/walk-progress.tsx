"use client";

import { ChevronDown, Pause, Play } from "lucide-react";
import { CoverageOnDemand } from "@/components/data/coverage-on-demand";
import { ProgressLine } from "@/components/data/progress-line";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { summariseCoverage } from "@/lib/domain/coverage";
import { describeProgress } from "@/lib/domain/incident-view-count";
import type { IncidentList } from "@/lib/queries/incident-list";

/** How far a list of the register is while it comes; then a switch that keeps it from changing. */
function RegisterProgress({ walk: { phase, state, pause, resume } }: { readonly walk: IncidentList }) {
  if (phase === "reading")
    return <ProgressLine label="Incidents loaded" value={state.received} max={state.figures?.total ?? 0} />;
  if (phase === "failed") return null;
  const isPaused = phase === "paused";
  return (
    <IconButton
      icon={isPaused ? Play : Pause}
      label={isPaused ? "Go on with updates" : "Pause updates"}
      size="small"
      className="size-6!"
      onClick={isPaused ? resume : pause}
    />
  );
}

/** While the walk runs: how far it is, who is still being read, and a switch to pause it. */
export function WalkProgress({ walk }: { readonly walk: IncidentList }) {
  const { phase, state } = walk;
  if (state.figures !== null) return <RegisterProgress walk={walk} />;
  if (phase !== "reading" && phase !== "paused") return null;
  const summary = state.current === null ? null : summariseCoverage(state.current);
  const text = describeProgress(summary, state.received);
  const isPaused = phase === "paused";
  return (
    <>
      {summary === null ? null : (
        <Popover
          label="Progress by workspace"
          className="w-150 max-w-[calc(100vw-16px)] p-4"
          trigger={(props) => (
            <button
              type="button"
              {...props}
              className="inline-flex h-6 min-w-0 shrink-20 items-center gap-1 rounded-control px-1.5 text-12 text-quiet hover:bg-raised hover:text-strong aria-expanded:bg-raised aria-expanded:text-strong max-sm:hidden"
            >
              <span className="truncate">{isPaused ? text.replace("Reading", "Paused at") : text}</span>
              <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
            </button>
          )}
        >
          <CoverageOnDemand coverage={state.current} />
        </Popover>
      )}
      <IconButton
        icon={isPaused ? Play : Pause}
        label={isPaused ? "Go on reading" : "Pause reading"}
        size="small"
        className="size-6!"
        onClick={isPaused ? walk.resume : walk.pause}
      />
      <ProgressLine
        label="Workspaces and sources read"
        value={summary?.pairsRead ?? 0}
        max={summary?.pairsTotal ?? 0}
      />
    </>
  );
}
