"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import dynamic from "next/dynamic";
import { type Ref, useState } from "react";
import { Chip } from "@/components/data/chip";
import { MultiChoice } from "@/components/data/multi-choice";
import { SearchBox } from "@/components/data/search-box";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { runStates, stateWords } from "@/lib/domain/gamebook-status";
import type { GamebookRange, GamebookTab } from "@/lib/domain/gamebook-view";
import { workspacesQuery } from "@/lib/queries/workspaces";
import type { GamebookView } from "./use-gamebook-view";

/** Its code comes when a time is chosen. */
const RangeDialog = dynamic(
  () => import("@/components/data/time-range/range-dialog").then((module) => module.RangeDialog),
  { ssr: false },
);

const tabs: readonly { value: GamebookTab; label: string; title: string }[] = [
  { value: "history", label: "History", title: "History" },
  { value: "approval", label: "Waiting", title: "Waiting for approval" },
  { value: "reliability", label: "Reliability", title: "Reliability" },
];

const ranges: readonly { value: GamebookRange; label: string; title: string }[] = [
  { value: "1d", label: "24 h", title: "Last 24 hours" },
  { value: "7d", label: "7 d", title: "Last 7 days" },
  { value: "30d", label: "30 d", title: "Last 30 days" },
  { value: "all", label: "All", title: "From the beginning" },
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

/** Back from now, or between two instants, which a link keeps. ContraForce has no filter by time: reading goes on until it is passed. */
function Times({ view: { range, between, set } }: { readonly view: GamebookView }) {
  const [isAsking, setAsking] = useState(false);
  const formatTime = useFormatTime();
  const iso = (ms: number) => new Date(ms).toISOString();
  const ends = between && { from: iso(between.fromMs), to: iso(between.toMs) };
  return (
    <>
      {ends === null ? (
        <Segmented label="Time" value={range} options={ranges} onChange={(next) => set({ range: next })} />
      ) : (
        <Chip
          name="Created"
          value={`${formatTime(ends.from)} – ${formatTime(ends.to)}`}
          onRemove={() => set({ range: "all" })}
        />
      )}
      <Button
        variant="quiet"
        size="small"
        aria-label="Choose start and end"
        data-tip="Choose start and end"
        onClick={() => setAsking(true)}
      >
        <CalendarClock aria-hidden="true" className="size-4 text-quiet" strokeWidth={1.75} />
      </Button>
      {isAsking ? (
        <RangeDialog
          range={ends}
          about="Runs created within it."
          onChoose={(chosen) => set({ between: chosen })}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
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
