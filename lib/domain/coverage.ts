/**
 * What a figure rests on: which workspace × source was read, is being read, or could not be read, and since when.
 * A workspace that fails upstream is silently absent from a reply, so absence is a state of its own here.
 *
 * reading    a page token is open, more rows are promised
 * read       read to the end in this walk
 * quiet      answered, and holds nothing for this filter (confirmed by a second look)
 * missing    known to us, and absent from every reply of this walk
 * cut-short  rows were promised, then it vanished before saying so
 * failed     the call that would have brought it failed; `reason` says why
 */
export const coverageStates = ["reading", "read", "quiet", "missing", "cut-short", "failed"] as const;
export type CoverageState = (typeof coverageStates)[number];

export interface CoverageEntry {
  readonly workspaceId: string;
  /** Name as last learned; null while no reply has named it. */
  readonly workspaceName: string | null;
  /** Source within the workspace; null when we know the workspace but none of its sources. */
  readonly source: string | null;
  readonly state: CoverageState;
  /** Rows received from it in this walk, before the screen's own filters. */
  readonly rows: number;
  /** ISO time since when it is in this state; for `missing` the last time it was read, null when never. */
  readonly since: string | null;
  /** Plain sentence for people, for the states that need one. */
  readonly reason: string | null;
}

export interface Coverage {
  /** ISO time of the newest reply in it. */
  readonly asOf: string;
  readonly entries: readonly CoverageEntry[];
  /** Rows that came in a form we could not read; set aside and counted, never dropped in silence. */
  readonly unreadableRows: number;
}

/** Key of a coverage entry, stable over steps of a walk. */
export function coverageKey(entry: Pick<CoverageEntry, "workspaceId" | "source">): string {
  return `${entry.workspaceId.toLowerCase()} ${entry.source ?? "*"}`;
}
