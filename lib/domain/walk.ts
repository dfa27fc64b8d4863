import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Coverage } from "./coverage";

/** The time windows that upstream names (spelling is the vendor's, "Fourty" included), and our custom one. */
export const timeWindows = [
  "ThreeHours",
  "SixHours",
  "TwelveHours",
  "TwentyFourHours",
  "FourtyEightHours",
  "Custom",
] as const;
export type TimeWindow = (typeof timeWindows)[number];

/** Upstream's filter members of POST incidents/across-workspaces, without its paging members. */
export interface WalkFilter {
  readonly sources: readonly string[];
  readonly timeFilterSelection: {
    readonly type: TimeWindow;
    /** ISO instants, UTC; both present with `Custom`, absent otherwise. */
    readonly customStartUtc?: string;
    readonly customEndUtc?: string;
  };
  readonly severities?: readonly string[];
  readonly statuses?: readonly string[];
  readonly query?: string;
  readonly assigneeIds?: readonly string[];
  readonly assigneeEmails?: readonly string[];
  readonly includeUnassigned?: boolean;
}

/**
 * The same filter in one spelling: lists sorted and without repeats, empty members left out. Two filters that ask for the
 * same rows become equal texts, so that a cursor and a query key do not depend on the order of clicking.
 * What upstream is sent is this form as well, unchanged on every page of a walk.
 */
export function canonicalFilter(filter: WalkFilter): WalkFilter {
  const list = (values: readonly string[] | undefined) => [...new Set(values ?? [])].sort();
  const optional = (name: "severities" | "statuses" | "assigneeIds" | "assigneeEmails") => {
    const values = list(filter[name]);
    return values.length > 0 ? { [name]: values } : {};
  };
  const { type, customStartUtc, customEndUtc } = filter.timeFilterSelection;
  const query = filter.query?.trim();
  return {
    sources: list(filter.sources),
    timeFilterSelection: type === "Custom" ? { type, customStartUtc, customEndUtc } : { type },
    ...optional("severities"),
    ...optional("statuses"),
    ...(query ? { query } : {}),
    ...optional("assigneeIds"),
    ...optional("assigneeEmails"),
    ...(filter.includeUnassigned ? { includeUnassigned: true } : {}),
  };
}

/** Body of `POST /api/<org>/v2/incidents/across-workspaces`: the filter, plus our sealed cursor (null first). */
export interface WalkRequest extends WalkFilter {
  readonly cursor: string | null;
}

/**
 * One page of a walk. Rows may repeat earlier ones after a restart: merge by (workspaceId, source, id)
 * (`mergeIncidents`). A page may hold no rows at all while a cursor promises more.
 * `coverage.entries` holds the entries that this step changed (all known ones on the first step).
 */
export interface WalkPage {
  readonly incidents: readonly IncidentRow[];
  /** Sealed; null when the walk is complete. Asking again with the same cursor gives the same page. */
  readonly cursor: string | null;
  /** True exactly while `cursor` is not null, also while the walk only makes sure that nobody was left out. */
  readonly moreIncidentsAvailable: boolean;
  readonly coverage: Coverage;
  /** How often a rejected page token made the server start over in this walk. */
  readonly restarts: number;
}
