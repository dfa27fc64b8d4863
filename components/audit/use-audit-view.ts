"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { type AuditFilter, auditOutcomes } from "@/lib/domain/audit";

export const auditRanges = ["1d", "7d", "30d", "all"] as const;
export type AuditRange = (typeof auditRanges)[number];

const days: Record<AuditRange, number | null> = { "1d": 1, "7d": 7, "30d": 30, all: null };
const dayMs = 24 * 3_600_000;

const parsers = {
  range: parseAsStringLiteral(auditRanges).withDefault("7d"),
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
    const back = days[range];
    return {
      from: back === null ? null : new Date(openedAt - back * dayMs).toISOString(),
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
