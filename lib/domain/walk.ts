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

/** Body of `POST /api/<org>/v2/incidents/across-workspaces`: the filter, plus our sealed cursor (null first). */
export interface WalkRequest extends WalkFilter {
  readonly cursor: string | null;
}

/**
 * One page of a walk. Rows may repeat earlier ones after a restart: merge by (workspaceId, source, id).
 * `coverage.entries` holds the entries that this step changed (all known ones on the first step).
 */
export interface WalkPage {
  readonly incidents: readonly IncidentRow[];
  /** Sealed; null when the walk is complete. Asking again with the same cursor gives the same page. */
  readonly cursor: string | null;
  readonly moreIncidentsAvailable: boolean;
  readonly coverage: Coverage;
  /** How often a rejected page token made the server start over in this walk. */
  readonly restarts: number;
}
