"use client";

import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { MultiChoice } from "@/components/data/multi-choice";
import { SearchBox } from "@/components/data/search-box";
import { dayRangeOptions } from "@/components/data/time-range/day-range-options";
import { TimeFilter } from "@/components/data/time-range/time-filter";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { runStates, stateWords } from "@/lib/domain/gamebook-status";
import type { GamebookTab } from "@/lib/domain/gamebook-view";
import { workspacesQuery } from "@/lib/queries/workspaces";
import type { GamebookView } from "./use-gamebook-view";

const tabs: readonly { value: GamebookTab; label: string; title: string }[] = [
  { value: "history", label: "History", title: "History" },
  { value: "approval", label: "Waiting", title: "Waiting for approval" },
  { value: "reliability", label: "Reliability", title: "Reliability" },
];

export interface GamebookFiltersProps {
  readonly view: GamebookView;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onLeaveSearch: () => void;
}

/** Which view of the runs, and of which runs. Statuses are a matter of the history alone: the other views choose them. */
export function GamebookFilters({ view, searchRef, onLeaveSearch }: GamebookFiltersProps) {
  const { ask, set } = view;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <Segmented label="View" value={view.view} options={tabs} onChange={(tab) => set({ view: tab })} />
      <SearchBox
        ref={searchRef}
        label="Search incident, number and playbook"
        text={ask.text}
        onSearch={(text) => set({ text })}
        onLeave={onLeaveSearch}
        className="w-56 max-sm:w-full max-sm:flex-1"
      />
      <Times view={view} />
      <Workspaces view={view} />
      {view.view === "history" ? (
        <MultiChoice
          name="Status"
          none="any"
          values={ask.states}
          options={runStates.map((state) => ({ value: state, label: stateWords(state) }))}
          onChange={(states) => set({ states })}
        />
      ) : null}
      {view.isNarrowed ? (
        <Button variant="quiet" size="small" onClick={view.clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}

/** ContraForce has no filter by time: reading goes on until it is passed. */
function Times({ view: { range, between, set } }: { readonly view: GamebookView }) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return (
    <TimeFilter
      name="Created"
      range={range}
      ranges={dayRangeOptions}
      onRange={(next) => set({ range: next })}
      between={between && { from: iso(between.fromMs), to: iso(between.toMs) }}
      onBetween={(chosen) => set({ between: chosen })}
      onRemove={() => set({ range: "all" })}
      about="Runs created within it."
    />
  );
}

/** Workspaces by the names last learned; one that the address names and nobody knows is shown by its id. */
function Workspaces({ view }: { readonly view: GamebookView }) {
  const known = useQuery(workspacesQuery(useSession().organisation.slug)).data ?? [];
  const { workspaces } = view.ask;
  const unknown = workspaces.filter((id) => !known.some((workspace) => workspace.id === id));
  const options = [
    ...known.map(({ id, name }) => ({ value: id, label: name ?? id.slice(0, 8) })),
    ...unknown.map((id) => ({ value: id, label: id.slice(0, 8) })),
  ];
  return (
    <MultiChoice
      name="Workspace"
      none="all"
      values={workspaces}
      options={options}
      onChange={(next) => view.set({ workspaces: [...next].sort() })}
    />
  );
}
