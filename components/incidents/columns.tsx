import type { ListColumn } from "@/components/data/list/list-column";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { highFirst, type SortColumn } from "@/lib/domain/incident-view";
import {
  AgeCell,
  AlertsCell,
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

type IncidentColumn = ListColumn<IncidentRow, SortColumn>;

function column(
  id: SortColumn,
  label: string,
  Cell: IncidentColumn["Cell"],
  rest: Pick<IncidentColumn, "place" | "fixed" | "end" | "Head">,
): IncidentColumn {
  return { id, label, Cell, highFirst: highFirst.has(id), ...rest };
}

/** From here on the table scrolls sideways; beside the drawer it has fewer columns instead. */
export const incidentListWidth = "min-w-[1192px] @max-[860px]/list:min-w-0";

/** Spare columns leave under 860 px (a list beside the drawer); the drawer has what they say. */
const spare = "@max-[860px]/list:hidden";

/** In the order in which they stand. */
export const incidentColumns: readonly IncidentColumn[] = [
  column("severity", "Severity", SeverityCell, {
    place: "w-10 justify-center @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
    Head: SeverityHead,
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

/** The narrow first column has room for its sign only. */
function SeverityHead() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3 shrink-0">
      <path
        d="M8 2.8 13.8 13H2.2Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}
