import type { ListColumn } from "@/components/data/list/list-column";
import { onDemand } from "@/components/ui/on-demand";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { ColumnId, MoreColumn, ViewColumn } from "@/lib/domain/incident-columns";
import { highFirst, type Sort, type SortColumn, sortColumns } from "@/lib/domain/incident-view";
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

type IncidentColumn = ListColumn<IncidentRow, ColumnId>;

function column(
  label: string,
  Cell: IncidentColumn["Cell"],
  rest: Pick<IncidentColumn, "place" | "fixed" | "end" | "Head">,
): Omit<IncidentColumn, "id"> {
  return { label, Cell, ...rest };
}

/** Its code comes with the first column that is shown beyond the usual ones. */
const MoreCell = onDemand(() => import("./more-cells").then((module) => module.MoreCell));

const more = (of: MoreColumn, label: string, rest: Pick<IncidentColumn, "place" | "end">) =>
  column(label, ({ row }) => <MoreCell of={of} row={row} />, rest);

/** From the sum of its columns' widths on the table scrolls sideways; beside the drawer it has fewer columns instead. */
export const incidentListWidth = "min-w-(--list-width) @max-[860px]/list:min-w-0";

/** Spare columns leave under 860 px (a list beside the drawer); the drawer has what they say. */
const spare = "@max-[860px]/list:hidden";

const columns: Readonly<Record<ColumnId, Omit<IncidentColumn, "id">>> = {
  severity: column("Severity", SeverityCell, {
    place: "w-10 justify-center @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
    Head: SeverityHead,
  }),
  workspace: column("Workspace", WorkspaceCell, {
    place: "basis-44 grow @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2",
    fixed: "second",
  }),
  title: column("Title", TitleCell, {
    place:
      "basis-72 grow-6 @max-[860px]/list:basis-0 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-1",
  }),
  number: column("Number", NumberCell, { place: `basis-19 ${spare}`, end: true }),
  source: column("Source", SourceCell, { place: `basis-18 ${spare}` }),
  status: column("Status", StatusCell, {
    place:
      "basis-22 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-end",
  }),
  owner: column("Owner", OwnerCell, { place: "basis-28 grow @max-[720px]/list:hidden" }),
  age: column("Age", AgeCell, {
    place: "basis-18 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  }),
  alerts: column("Alerts", AlertsCell, { place: `basis-17 ${spare}`, end: true }),
  tactics: column("Tactics", TacticsCell, { place: `basis-28 grow-2 ${spare}` }),
  changed: column("Changed", ChangedCell, { place: `basis-22 ${spare}`, end: true }),
  created: more("created", "Created", { place: `basis-28 ${spare}`, end: true }),
  seen: more("seen", "First seen", { place: `basis-28 ${spare}`, end: true }),
  classification: more("classification", "Classification", { place: `basis-32 ${spare}` }),
  products: more("products", "Products", { place: `basis-40 grow ${spare}` }),
  rules: more("rules", "Rules", { place: `basis-40 grow ${spare}` }),
};

/** What a column is called, here and in the list of columns to choose from. */
export const columnLabel = (id: ColumnId) => columns[id].label;

/** A column's width unless somebody set one, in CSS pixels: its class is the one place that says it. */
export function ownWidthPx(id: ColumnId): number {
  return 4 * Number(/^(?:basis|w)-(\d+)/.exec(columns[id].place)?.[1]);
}

export interface ShownColumns {
  readonly columns: readonly IncidentColumn[];
  /** Narrower than this, the table scrolls sideways. */
  readonly widthPx: number;
}

/** The columns of a view as the list draws them. */
export function shownColumns(chosen: readonly ViewColumn[]): ShownColumns {
  return {
    columns: chosen.map(({ id, widthPx }) => ({
      ...columns[id],
      id,
      widthPx,
      highFirst: isSortColumn(id) && highFirst.has(id),
      unsorted: !isSortColumn(id),
    })),
    widthPx: chosen.reduce((sum, { id, widthPx }) => sum + (widthPx ?? ownWidthPx(id)), 0),
  };
}

function isSortColumn(id: ColumnId): id is SortColumn {
  return (sortColumns as readonly ColumnId[]).includes(id);
}

/** For the list's heads: those without an order cannot be pressed. */
export function sortBy(onSort: (sort: Sort) => void) {
  return ({ column, descending }: { readonly column: ColumnId; readonly descending: boolean }) => {
    if (isSortColumn(column)) onSort({ column, descending });
  };
}

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
