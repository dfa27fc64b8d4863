"use client";

import { useMemo } from "react";
import { useClock } from "@/components/shell/clock";
import { CoverageOnDemand } from "@/components/data/coverage-on-demand";
import { describeFailure } from "@/components/data/failure-words";
import { useStatusLine, type StatusLineContent } from "@/components/shell/status-line";
import { useFormatTime } from "@/components/data/use-format-time";
import { dataAge } from "@/lib/domain/ageing";
import { type CoverageSummary, describeCoverage } from "@/lib/domain/coverage";
import type { IncidentList } from "@/lib/queries/incident-list";
import type { IncidentWalk } from "@/lib/queries/incident-walk";
import { useWalkSummary } from "./use-walk-summary";

/** How often the age is looked at, in milliseconds. */
const everyMs = 10_000;

/** Puts the walk's coverage into the line at the foot of the page. */
export function useQueueStatusLine(walk: IncidentList): void {
  const formatTime = useFormatTime();
  const { finished, current } = useWalkSummary(walk);
  const { phase, failure, state } = walk;
  const isLate =
    dataAge(state.finished?.asOf ?? null, useClock(everyMs))?.late === true && phase !== "reading";
  const coverage = state.current ?? state.finished;
  const summary = current ?? finished;
  const details = useMemo(
    () => (coverage === null ? undefined : <CoverageOnDemand coverage={coverage} />),
    [coverage],
  );
  const described = summary === null ? "" : describeCoverage(summary, formatTime);
  const said = phase === "reading" ? described : described.replace("still reading", "not finished");
  useStatusLine({
    tone: isLate && phase === "complete" ? "partial" : toneOf(phase, summary),
    summary: lead(pauseOf(walk), failure, isLate ? `Late: more than 5 min old · ${said}` : said),
    details,
    announce: announcement(phase, pauseOf(walk), failure, said),
  });
}

function toneOf(phase: IncidentWalk["phase"], summary: CoverageSummary | null): StatusLineContent["tone"] {
  if (phase === "failed") return "failed";
  if (phase === "reading") return "busy";
  if (phase === "paused") return "idle";
  return summary?.atLeast === false ? "live" : "partial";
}

/** What is paused, in words; empty: nothing is. A list of the register is read already: what is held up are its changes. */
function pauseOf({ phase, state }: IncidentList): string {
  if (phase !== "paused") return "";
  return state.figures === null ? "Reading is paused" : "Updates are paused";
}

function lead(pause: string, failure: Error | null, said: string): string {
  const clauses = [pause, failure === null ? "" : describeFailure(failure).title, said];
  return clauses.filter((clause) => clause !== "").join(" · ") || "Waiting for the first answer";
}

/** Turns of events only: a screen reader must not hear each page of the walk. */
function announcement(
  phase: IncidentWalk["phase"],
  pause: string,
  failure: Error | null,
  said: string,
): string {
  if (failure !== null) return describeFailure(failure).title;
  return phase === "complete" ? said : pause || "Reading incidents";
}
