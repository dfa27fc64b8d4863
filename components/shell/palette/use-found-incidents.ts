"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { type CoverageSummary, summariseCoverage } from "@/lib/domain/coverage";
import { findIncidents, findLeast } from "@/lib/domain/incident-find";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import { incidentFindQuery } from "@/lib/queries/incident-find";
import { loadedRows } from "@/lib/queries/incident-ledgers";
import { useSession } from "../session";

/** So many are listed; the list page has the rest. */
const most = 8;
/** Milliseconds after the last key before ContraForce is asked. */
const restMs = 300;

export interface FoundIncidents {
  readonly rows: readonly IncidentRow[];
  /** `asking`: ContraForce is being asked, what is shown was loaded before. */
  readonly state: "idle" | "asking" | "asked" | "failed";
  readonly error: Error | null;
  /** What the answer rests on; null before it. */
  readonly coverage: CoverageSummary | null;
  /** There may be more matches than are shown. */
  readonly hasMore: boolean;
}

/** Incidents for what was typed: those that are loaded at once, those of ContraForce as soon as it answers. */
export function useFoundIncidents(typed: string, openedAtMs: number): FoundIncidents {
  const { organisation, permissions } = useSession();
  const client = useQueryClient();
  const text = useDeferredValue(typed.trim());
  const asked = useRested(text);
  const may = permissions.includes("incidents:read");
  const query = useQuery({
    ...incidentFindQuery(organisation.slug, asked, openedAtMs),
    enabled: may && asked.length >= findLeast && asked === text,
  });
  const page = asked === text ? query.data : undefined;
  const rows = useMemo(() => {
    const known = findIncidents(loadedRows(client, organisation.slug), text, most);
    return join(known, page?.incidents ?? [], text);
  }, [client, organisation.slug, text, page]);
  const coverage = useMemo(() => (page === undefined ? null : summariseCoverage(page.coverage)), [page]);
  if (!may || text.length < findLeast)
    return { rows: [], state: "idle", error: null, coverage: null, hasMore: false };
  return {
    rows: rows.slice(0, most),
    state: query.error !== null ? "failed" : page === undefined ? "asking" : "asked",
    error: query.error,
    coverage,
    hasMore: rows.length > most || page?.moreIncidentsAvailable === true,
  };
}

/** Those that were loaded, then those of ContraForce which their own words tell to fit, then its other matches; once each. */
function join(known: readonly IncidentRow[], found: readonly IncidentRow[], text: string): IncidentRow[] {
  const ranked = findIncidents(found, text, found.length);
  const rows = new Map<string, IncidentRow>();
  for (const row of [...known, ...ranked, ...found]) if (!rows.has(keyOf(row))) rows.set(keyOf(row), row);
  return [...rows.values()];
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
