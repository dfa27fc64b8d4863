"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { CoverageOnDemand } from "@/components/data/coverage-on-demand";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSameRows } from "@/components/data/list/use-same-rows";
import { useSession } from "@/components/shell/session";
import { type StatusLineContent, useStatusLine } from "@/components/shell/status-line";
import { describeCoverage, summariseCoverage } from "@/lib/domain/coverage";
import type { RegisterBasis } from "@/lib/domain/register";
import {
  filterWorkspaces,
  sortWorkspaces,
  type WorkspaceRow,
  workspaceRows,
} from "@/lib/domain/workspace-desk";
import { overviewQuery } from "@/lib/queries/workspace-profiles";
import type { WorkspacesViewControl } from "./use-workspaces-view";

const noRows: readonly WorkspaceRow[] = [];

/** What a row shows: without the times of good readings, which move with each. */
const signatureOf = (row: WorkspaceRow): string => {
  const { lastSeenAt: _seen, ...profile } = row.profile;
  const trouble = row.sources.map(({ source, state, since, reason }) =>
    state === "read" || state === "quiet" ? source : [source, state, since, reason],
  );
  return JSON.stringify([profile, row.groups, row.state, trouble]);
};

/** What the page shows: the workspaces within sight as the view wants them, and the words at its foot. */
export function useWorkspaceDesk(view: WorkspacesViewControl) {
  const org = useSession().organisation.slug;
  const query = useQuery(overviewQuery(org));
  const { data, error } = query;
  const all = useMemo(() => (data === undefined ? noRows : workspaceRows(data)), [data]);
  const held = useSameRows(all, signatureOf);
  const found = useMemo(() => filterWorkspaces(held, view.filter), [held, view.filter]);
  const rows = useMemo(() => sortWorkspaces(found.rows, view.sort), [found.rows, view.sort]);
  const tags = useMemo(() => [...new Set(held.flatMap(({ profile }) => profile.tags))].sort(), [held]);
  useBasisLine(data?.basis, error);
  return { query, all: held, rows, found, tags };
}

/** Says at the foot of the page what was read of the workspaces. */
export function useBasisLine(basis: RegisterBasis | undefined, error: Error | null): void {
  const formatTime = useFormatTime();
  const content = useMemo((): StatusLineContent => {
    if (basis === undefined)
      return error === null
        ? { tone: "busy", summary: "Reading the workspaces" }
        : { tone: "failed", summary: "The workspaces could not be read" };
    const summary = summariseCoverage(basis.coverage);
    return {
      tone: error ? "failed" : summary.complete ? "live" : "partial",
      summary: describeCoverage(summary, formatTime),
      details: <CoverageOnDemand coverage={basis.coverage} />,
    };
  }, [basis, error, formatTime]);
  useStatusLine(content);
}
