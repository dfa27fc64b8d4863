import { useMemo } from "react";
import { type CoverageSummary, summariseCoverage } from "@/lib/domain/coverage";
import type { IncidentWalk } from "@/lib/queries/incident-walk";

export interface WalkSummary {
  /** Of the last pass that came to its end; null before. */
  readonly finished: CoverageSummary | null;
  /** Of the pass that runs; null before its first page. */
  readonly current: CoverageSummary | null;
}

/** A walk's coverages in figures, counted once per page. */
export function useWalkSummary({ state }: Pick<IncidentWalk, "state">): WalkSummary {
  const { finished, current } = state;
  return {
    finished: useMemo(() => finished && summariseCoverage(finished), [finished]),
    current: useMemo(() => current && summariseCoverage(current), [current]),
  };
}
