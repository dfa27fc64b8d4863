"use client";

import { ListFilter } from "lucide-react";
import type { Ref } from "react";
import { Chip } from "@/components/data/chip";
import { SearchBox } from "@/components/data/search-box";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Popover, type TriggerProps } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { facets, type Facet } from "@/lib/domain/incident-filter";
import { describeChoice, facetChoice, facetLabels, withFacet } from "@/lib/domain/incident-filter-facets";
import { clearFilter, isNarrowed, type ViewFilter } from "@/lib/domain/incident-view";
import type { IncidentLedger } from "@/lib/queries/incident-ledger";
import type { FacetWords } from "./use-facet-labels";
import { WindowMenu } from "./window-menu";

/** Its code comes when the first filter is opened. */
const FilterPopover = onDemand(
  () => import("./filter-popover").then((module) => module.FilterPopover),
  <Skeleton className="m-3 h-40 w-50" />,
);

export interface FilterBarProps {
  readonly searchRef: Ref<HTMLInputElement>;
  readonly filter: ViewFilter;
  readonly onFilter: (change: (filter: ViewFilter) => ViewFilter) => void;
  readonly onLeaveSearch: () => void;
  readonly ledger: IncidentLedger;
  readonly words: FacetWords;
}

/** Search, time window, and a chip for each filter that is set. */
export function FilterBar({ searchRef, filter, onFilter, onLeaveSearch, ledger, words }: FilterBarProps) {
  const shared = { filter, onFilter, ledger, words };
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:order-last max-sm:basis-full">
      <SearchBox
        ref={searchRef}
        label="Search number, title and description"
        text={filter.text}
        onSearch={(text) => onFilter((current) => ({ ...current, text }))}
        onLeave={onLeaveSearch}
        className="w-56 max-sm:w-auto max-sm:min-w-40 max-sm:flex-1"
      />
      <WindowMenu
        window={filter.window}
        onChange={(window) => onFilter((current) => ({ ...current, window }))}
      />
      {facets
        .filter((facet) => facetChoice(filter, facet).values.length > 0)
        .map((facet) => (
          <FacetChip key={facet} facet={facet} {...shared} />
        ))}
      <Popover
        label="Filters"
        trigger={(props) => (
          <Button {...props} variant="quiet" size="small">
            <ListFilter aria-hidden="true" className="size-4 text-quiet" strokeWidth={1.75} />
            Filter
          </Button>
        )}
      >
        <FilterPopover {...shared} />
      </Popover>
      {isNarrowed(filter) ? (
        <Button variant="quiet" size="small" onClick={() => onFilter(clearFilter)}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}

type SharedProps = Pick<FilterBarProps, "filter" | "onFilter" | "ledger" | "words">;

function FacetChip({ facet, ...shared }: SharedProps & { readonly facet: Facet }) {
  const { filter, onFilter, words } = shared;
  const choice = facetChoice(filter, facet);
  const value = describeChoice(facet, choice, (one) => words.labelOf(facet, one), filter);
  const remove = () => onFilter((current) => withFacet(current, facet, { mode: "any", values: [] }));
  return (
    <Popover
      label={facetLabels[facet]}
      trigger={(trigger: TriggerProps) => (
        <Chip name={facetLabels[facet]} value={value} onRemove={remove} trigger={trigger} />
      )}
    >
      <FilterPopover facet={facet} {...shared} />
    </Popover>
  );
}
