import type { IncidentKey } from "@/lib/routes";
import type { Density } from "./density";
import { defaultColumns, usualColumns, type ViewColumn } from "./incident-columns";
import type { TimeWindow, WalkFilter } from "./walk";

/** A filter over what is loaded: keeps rows that hold one of `values`, or with `none` rows that hold none of them. */
export interface LocalFilter {
  readonly mode: "any" | "none";
  /** Empty: no filter. */
  readonly values: readonly string[];
}

/** Windows that end now, in hours. The first five have a name upstream; the others are asked for there by their beginning. */
export const windowHours = {
  ThreeHours: 3,
  SixHours: 6,
  TwelveHours: 12,
  TwentyFourHours: 24,
  FourtyEightHours: 48,
  SevenDays: 7 * 24,
  ThirtyDays: 30 * 24,
} as const satisfies Partial<Record<Exclude<TimeWindow, "Custom">, number>> & Record<string, number>;
export type NamedWindow = keyof typeof windowHours;

export type ViewWindow =
  | { readonly type: NamedWindow }
  /** Both ends ISO instants, `from` before `to`. */
  | { readonly type: "Custom"; readonly from: string; readonly to: string };

/** What the list is asked for. The first six go upstream, the last three choose among the loaded rows. */
export interface ViewFilter {
  readonly window: ViewWindow;
  /** Empty: every source. */
  readonly sources: readonly string[];
  /** Empty: every severity. */
  readonly severities: readonly string[];
  /** Empty: every status. In the order of the vocabulary, as sources and severities, so that equal filters look equal. */
  readonly statuses: readonly string[];
  readonly text: string;
  /** Nobody chosen and `unassigned` false: whoever owns it. */
  readonly owners: { readonly unassigned: boolean; readonly emails: readonly string[] };
  /** Lower-case workspace ids. */
  readonly workspaces: LocalFilter;
  readonly tactics: LocalFilter;
  readonly products: LocalFilter;
}

export const sortColumns = usualColumns;
export type SortColumn = (typeof sortColumns)[number];

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** Everything about the incidents page that a link carries. */
export interface IncidentView {
  readonly filter: ViewFilter;
  readonly sort: Sort;
  readonly density: Density;
  /** In the order in which they stand; see `tidyColumns`. */
  readonly columns: readonly ViewColumn[];
  /** The incident in the drawer. */
  readonly open: IncidentKey | null;
  /** The saved or built-in view that this one came from, by its key; null: none, which counts as open work. */
  readonly saved: string | null;
}

/** Key of the built-in view that is `defaultView`. */
export const openWorkKey = "open";

const noFilter: LocalFilter = { mode: "any", values: [] };

/** Open work of the last 24 hours, the newest change first. */
export const defaultView: IncidentView = {
  filter: {
    window: { type: "TwentyFourHours" },
    sources: [],
    severities: [],
    statuses: ["Active", "New"],
    text: "",
    owners: { unassigned: false, emails: [] },
    workspaces: noFilter,
    tactics: noFilter,
    products: noFilter,
  },
  sort: { column: "changed", descending: true },
  density: "normal",
  columns: defaultColumns,
  open: null,
  saved: null,
};

/** Columns where the interesting end is the high one: the worst, the oldest, the most, the newest. */
export const highFirst: ReadonlySet<SortColumn> = new Set(["severity", "age", "alerts", "changed", "number"]);

/** The instants between which incidents of the window were created, ISO; an end of null is now, whenever that is. */
export function windowBounds(
  window: ViewWindow,
  nowMs: number,
): { readonly from: string; readonly to: string | null } {
  if (window.type === "Custom") return { from: window.from, to: window.to };
  return { from: new Date(nowMs - windowHours[window.type] * 3_600_000).toISOString(), to: null };
}

/** The part of a filter that decides which rows are read, as one text: local filters choose among those. */
export function readingKey(filter: ViewFilter): string {
  const { workspaces: _w, tactics: _t, products: _p, ...read } = filter;
  return JSON.stringify(read);
}

/**
 * What goes upstream. Local filters are left out, so that changing them never starts a new walk.
 * @param nowMs where a window ends that upstream has no name for
 */
export function toWalkFilter(filter: ViewFilter, nowMs: number): WalkFilter {
  const { window, owners } = filter;
  return {
    sources: filter.sources,
    timeFilterSelection: upstreamWindow(window, nowMs),
    ...(filter.severities.length > 0 ? { severities: filter.severities } : {}),
    ...(filter.statuses.length > 0 ? { statuses: filter.statuses } : {}),
    ...(filter.text === "" ? {} : { query: filter.text }),
    ...(owners.emails.length > 0 ? { assigneeEmails: owners.emails } : {}),
    ...(owners.unassigned ? { includeUnassigned: true } : {}),
  };
}

function upstreamWindow(window: ViewWindow, nowMs: number): WalkFilter["timeFilterSelection"] {
  if (window.type !== "Custom" && window.type !== "SevenDays" && window.type !== "ThirtyDays")
    return { type: window.type };
  const { from, to } = windowBounds(window, nowMs);
  return { type: "Custom", customStartUtc: from, customEndUtc: to ?? new Date(nowMs).toISOString() };
}

/** True when only open work is asked for (New and Active, nothing else). */
export function isOpenWork(filter: ViewFilter): boolean {
  return (
    filter.statuses.length === 2 && filter.statuses.includes("New") && filter.statuses.includes("Active")
  );
}

/** True when a filter other than the time window hides some of the open work, so that clearing filters may show more. */
export function isNarrowed(filter: ViewFilter): boolean {
  return (
    filter.sources.length > 0 ||
    filter.severities.length > 0 ||
    (filter.statuses.length > 0 && !isOpenWork(filter)) ||
    filter.text !== "" ||
    filter.owners.unassigned ||
    filter.owners.emails.length > 0 ||
    isLocallyNarrowed(filter)
  );
}

/** True when one of the filters over the loaded rows is set: fewer rows are shown than were loaded. */
export function isLocallyNarrowed(filter: ViewFilter): boolean {
  return [filter.workspaces, filter.tactics, filter.products].some((local) => local.values.length > 0);
}

/** The same window, everything else as the page opens. */
export function clearFilter(filter: ViewFilter): ViewFilter {
  return { ...defaultView.filter, window: filter.window };
}
