"use client";

import type { Ref } from "react";
import { Choice } from "@/components/data/choice";
import { SearchBox } from "@/components/data/search-box";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Toggle } from "@/components/ui/toggle";
import type { MatrixColumn } from "@/lib/domain/data-source-matrix";
import type { DeskView } from "@/lib/domain/data-source-view";
import type { DeskViewControl } from "./use-desk-view";

const views: readonly { value: DeskView; label: string }[] = [
  { value: "anomalies", label: "Anomalies" },
  { value: "matrix", label: "Matrix" },
  { value: "workspaces", label: "Workspaces" },
];

export interface DeskFiltersProps {
  readonly desk: DeskViewControl;
  readonly columns: readonly MatrixColumn[];
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onLeaveSearch: () => void;
}

/** Which view of the data sources, and of which of them. */
export function DeskFilters({ desk, columns, searchRef, onLeaveSearch }: DeskFiltersProps) {
  const { view, filter, narrow } = desk;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <Segmented label="View" value={view} options={views} onChange={desk.show} />
      <SearchBox
        ref={searchRef}
        label="Find a workspace by name or id"
        text={filter.text}
        onSearch={(text) => narrow({ text })}
        onLeave={onLeaveSearch}
        className="w-56 max-sm:w-full max-sm:flex-1"
      />
      {view === "workspaces" ? null : (
        <Choice
          name="Connector"
          none="all"
          value={filter.connector}
          options={columns.map(({ key, label }) => ({ value: key, label }))}
          onChange={(connector) => narrow({ connector })}
        />
      )}
      {view === "anomalies" ? (
        <Toggle
          label="Past 30 days too"
          checked={filter.isPastShown}
          onChange={(isPastShown) => narrow({ isPastShown })}
        />
      ) : (
        <Toggle
          label="Only trouble"
          checked={filter.isTroubleOnly}
          onChange={(isTroubleOnly) => narrow({ isTroubleOnly })}
        />
      )}
      {desk.isNarrowed ? (
        <Button variant="quiet" size="small" onClick={desk.clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}
