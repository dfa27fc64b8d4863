"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { type AuditFilter, auditOutcomes } from "@/lib/domain/audit";
import { dayRanges, rangeStart } from "@/lib/domain/day-range";

const parsers = {
  range: parseAsStringLiteral(dayRanges).withDefault("7d"),
  person: parseAsString,
  action: parseAsString,
  outcome: parseAsStringLiteral(auditOutcomes),
  workspace: parseAsString,
};

/** The view as the address says it, and the filter that it asks the server for. */
export function useAuditView() {
  const [view, setView] = useQueryStates(parsers, { history: "replace", shallow: true });
  // The range counts from when the page was opened: a limit that moved on would be another list every second.
  const [openedAt] = useState(() => Date.now());
  const { range, person, action, outcome, workspace } = view;
  const filter = useMemo((): AuditFilter => {
    const fromMs = rangeStart(range, openedAt);
    return {
      from: fromMs === null ? null : new Date(fromMs).toISOString(),
      to: null,
      personId: person,
      action,
      outcome,
      workspaceId: workspace,
    };
  }, [range, person, action, outcome, workspace, openedAt]);
  const isNarrowed = person !== null || action !== null || outcome !== null || workspace !== null;
  const clear = () => void setView({ person: null, action: null, outcome: null, workspace: null });
  return { view, filter, isNarrowed, clear, set: (next: Partial<typeof view>) => void setView(next) };
}

export type AuditView = ReturnType<typeof useAuditView>;
