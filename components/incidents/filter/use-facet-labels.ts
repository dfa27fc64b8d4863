"use client";

import { useCallback, useMemo } from "react";
import { sourceName } from "@/components/ui/source-tag";
import type { Coverage } from "@/lib/domain/coverage";
import type { Facet } from "@/lib/domain/incident-filter";
import { nobody } from "@/lib/domain/incident-filter-facets";
import { spellOut } from "@/lib/domain/incident-view-words";

export interface FacetWords {
  readonly labelOf: (facet: Facet, value: string) => string;
  /** Workspaces that are known, with or without a loaded row. */
  readonly workspaces: readonly { readonly value: string; readonly label: string }[];
}

/** What people call a filter's values. Workspace names come with the coverage, so that they are there before any row. */
export function useFacetLabels(coverage: Coverage | null): FacetWords {
  const names = useMemo(() => {
    const byId = new Map<string, string>();
    for (const { workspaceId, workspaceName } of coverage?.entries ?? [])
      if (workspaceName !== null) byId.set(workspaceId.toLowerCase(), workspaceName);
    return byId;
  }, [coverage]);
  const workspaces = useMemo(
    () =>
      [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label)),
    [names],
  );
  const labelOf = useCallback(
    (facet: Facet, value: string) => {
      if (facet === "workspace") return names.get(value) ?? `Workspace ${value.slice(0, 8)}`;
      if (facet === "source") return sourceName(value);
      if (facet === "tactic") return spellOut(value);
      return facet === "owner" && value === nobody ? "nobody" : value;
    },
    [names],
  );
  return { labelOf, workspaces };
}
