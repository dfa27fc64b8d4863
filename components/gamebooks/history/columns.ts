import type { ListColumn } from "@/components/data/list/list-column";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { IncidentCell, StarterCell, StateCell, StateHead, WorkspaceCell } from "../run-cells";
import { CreatedCell, DurationCell, PlaybooksCell, StatusCell, TitleCell } from "./cells";

/** From here on the table scrolls sideways; beside the drawer it has fewer columns instead. */
export const historyListWidth = "min-w-[1136px] @max-[860px]/list:min-w-0";

/** Spare columns leave under 860 px (a list beside the drawer); the drawer has what they say. */
const spare = "@max-[860px]/list:hidden";

/** In the order in which they stand. */
export const historyColumns: readonly ListColumn<Gamebook>[] = [
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
    place: "basis-36 grow @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2",
    fixed: "second",
  },
  {
    id: "gamebook",
    label: "Gamebook",
    Cell: TitleCell,
    place:
      "basis-56 grow-5 @max-[860px]/list:basis-0 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-1",
  },
  {
    id: "status",
    label: "Status",
    Cell: StatusCell,
    place:
      "basis-36 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-end",
  },
  { id: "incident", label: "Incident", Cell: IncidentCell, place: `basis-48 grow-3 ${spare}` },
  { id: "starter", label: "Started by", Cell: StarterCell, place: "basis-30 grow @max-[720px]/list:hidden" },
  { id: "playbooks", label: "Playbooks", Cell: PlaybooksCell, place: `basis-28 ${spare}` },
  { id: "duration", label: "Duration", Cell: DurationCell, place: `basis-22 ${spare}`, end: true },
  {
    id: "created",
    label: "Age",
    Cell: CreatedCell,
    place: "basis-18 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  },
];
