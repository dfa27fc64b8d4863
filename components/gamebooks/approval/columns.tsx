"use client";

import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { useClock } from "@/components/shell/clock";
import { Time } from "@/components/shell/time";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { ageMs, type AgeWeight, ageWeight } from "@/lib/domain/ageing";
import { waitsFor } from "@/lib/domain/gamebook-run";
import { IncidentCell, RunTitle, StarterCell, StateCell, StateHead, WorkspaceCell } from "../run-cells";

/** The eye's anchor: the older, the heavier. */
const inks: Readonly<Record<AgeWeight, string>> = {
  fresh: "text-normal",
  settled: "text-normal font-medium",
  old: "text-strong font-semibold",
  stale: "text-strong font-bold",
};

function TitleCell({ row }: CellProps<Gamebook>) {
  return (
    <span className="flex min-w-0 items-center">
      <RunTitle run={row} />
    </span>
  );
}

function WaitCell({ row }: CellProps<Gamebook>) {
  return (
    <span className="truncate">{waitsFor(row) === "approval" ? "Approval by an owner" : "Its turn"}</span>
  );
}

function AgeCell({ row }: CellProps<Gamebook>) {
  const nowMs = useClock(60_000);
  const ink = inks[ageWeight(ageMs(row.creationDate, nowMs))];
  return <Time value={row.creationDate} className={`whitespace-nowrap ${ink}`} />;
}

/** From here on the table scrolls sideways; beside the drawer it has fewer columns instead. */
export const approvalListWidth = "min-w-[980px] @max-[860px]/list:min-w-0";

const spare = "@max-[860px]/list:hidden";

/** In the order in which they stand. */
export const approvalColumns: readonly ListColumn<Gamebook>[] = [
  {
    id: "state",
    label: "Status by sign",
    Cell: StateCell,
    place: "w-10 justify-center @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
    Head: StateHead,
  },
  {
    id: "workspace",
    label: "Workspace",
    Cell: WorkspaceCell,
    place: "basis-40 grow @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2",
    fixed: "second",
  },
  {
    id: "gamebook",
    label: "Gamebook",
    Cell: TitleCell,
    place:
      "basis-64 grow-5 @max-[860px]/list:basis-0 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-1",
  },
  {
    id: "waits",
    label: "Waits for",
    Cell: WaitCell,
    place:
      "basis-40 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-end",
  },
  { id: "incident", label: "Incident", Cell: IncidentCell, place: `basis-52 grow-3 ${spare}` },
  { id: "starter", label: "Started by", Cell: StarterCell, place: "basis-32 grow @max-[720px]/list:hidden" },
  {
    id: "age",
    label: "Age",
    Cell: AgeCell,
    place: "basis-22 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  },
];
