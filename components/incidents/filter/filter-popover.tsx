"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useCallback, useState } from "react";
import type { Facet } from "@/lib/domain/incident-filter";
import { facets } from "@/lib/domain/incident-filter";
import { facetChoice, facetLabels, localFacets, withFacet } from "@/lib/domain/incident-filter-facets";
import type { ViewFilter } from "@/lib/domain/incident-view";
import type { IncidentLedger } from "@/lib/queries/incident-ledger";
import { FacetPicker } from "./facet-picker";
import type { FacetWords } from "./use-facet-labels";

export interface FilterPopoverProps {
  readonly filter: ViewFilter;
  readonly onFilter: (change: (filter: ViewFilter) => ViewFilter) => void;
  readonly ledger: IncidentLedger;
  readonly words: FacetWords;
  /** Opened from a chip: this facet at once, and no way back to the others. */
  readonly facet?: Facet;
}

const line =
  "focus-inset flex h-8 w-full items-center gap-2 rounded-control px-2 text-left text-13 text-strong hover:bg-raised";

/** What can be filtered by, then the values of it. */
export function FilterPopover({ filter, onFilter, ledger, words, facet: fixed }: FilterPopoverProps) {
  const [chosen, setChosen] = useState<Facet | null>(fixed ?? null);
  const facet = fixed ?? chosen;
  const { labelOf } = words;
  const label = useCallback(
    (value: string) => (facet === null ? value : labelOf(facet, value)),
    [facet, labelOf],
  );
  if (facet === null) return <FacetList onChoose={setChosen} />;
  return (
    <div>
      {fixed === undefined ? (
        <button type="button" onClick={() => setChosen(null)} className={`${line} m-1 w-[calc(100%-8px)]!`}>
          <ChevronLeft aria-hidden="true" className="size-4 text-quiet" />
          {facetLabels[facet]}
        </button>
      ) : null}
      <FacetPicker
        key={facet}
        facet={facet}
        choice={facetChoice(filter, facet)}
        onChoose={(choice) => onFilter((current) => withFacet(current, facet, choice))}
        ledger={ledger}
        known={facet === "workspace" ? words.workspaces : none}
        labelOf={label}
      />
    </div>
  );
}

const none: FacetWords["workspaces"] = [];

function FacetList({ onChoose }: { readonly onChoose: (facet: Facet) => void }) {
  return (
    <ul className="w-56 p-1">
      {facets.map((facet) => (
        <li key={facet}>
          <button type="button" onClick={() => onChoose(facet)} className={line}>
            <span className="flex-1">{facetLabels[facet]}</span>
            {localFacets.has(facet) ? <span className="text-12 text-quiet">of what is loaded</span> : null}
            <ChevronRight aria-hidden="true" className="size-4 text-quiet" />
          </button>
        </li>
      ))}
    </ul>
  );
}
