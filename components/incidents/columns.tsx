import type { ReactNode } from "react";
import type { SortColumn } from "@/lib/domain/incident-view";
import {
  AgeCell,
  AlertsCell,
  type CellProps,
  ChangedCell,
  NumberCell,
  OwnerCell,
  SeverityCell,
  SourceCell,
  StatusCell,
  TacticsCell,
  TitleCell,
  WorkspaceCell,
} from "./cells";

export interface IncidentColumn {
  /** Also what the list is sorted by when the column's head is pressed. */
  readonly id: SortColumn;
  readonly label: string;
  readonly Cell: (props: CellProps) => ReactNode;
  /**
   * Width, and the place in the card that a row becomes in a list narrower than 560 px. Spare columns leave under 860 px
   * (a list beside the drawer); the drawer has what they say.
   */
  readonly place: string;
  /** Stays put when the table scrolls sideways. */
  readonly fixed?: "first" | "second";
  /** Figures stand at the end of their column, so that their digits align. */
  readonly end?: boolean;
}

function column(
  id: SortColumn,
  label: string,
  Cell: IncidentColumn["Cell"],
  rest: Pick<IncidentColumn, "place" | "fixed" | "end">,
): IncidentColumn {
  return { id, label, Cell, ...rest };
}

const spare = "@max-[860px]/list:hidden";

/** In the order in which they stand. */
export const incidentColumns: readonly IncidentColumn[] = [
  column("severity", "Severity", SeverityCell, {
    place: "w-10 justify-center @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
  }),
  column("workspace", "Workspace", WorkspaceCell, {
    place: "basis-44 grow @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2",
    fixed: "second",
  }),
  column("title", "Title", TitleCell, {
    place:
      "basis-72 grow-6 @max-[860px]/list:basis-0 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-1",
  }),
  column("number", "Number", NumberCell, { place: `basis-19 ${spare}`, end: true }),
  column("source", "Source", SourceCell, { place: `basis-18 ${spare}` }),
  column("status", "Status", StatusCell, {
    place:
      "basis-22 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-end",
  }),
  column("owner", "Owner", OwnerCell, { place: "basis-28 grow @max-[720px]/list:hidden" }),
  column("age", "Age", AgeCell, {
    place: "basis-18 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  }),
  column("alerts", "Alerts", AlertsCell, { place: `basis-17 ${spare}`, end: true }),
  column("tactics", "Tactics", TacticsCell, { place: `basis-28 grow-2 ${spare}` }),
  column("changed", "Changed", ChangedCell, { place: `basis-22 ${spare}`, end: true }),
];
