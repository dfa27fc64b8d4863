/**
 * What a figure rests on: which workspace × source was read, is being read, or could not be read, and since when.
 * A workspace that fails upstream is silently absent from a reply, so absence is a state of its own here.
 *
 * reading    a page token is open and more rows are promised, or it is known to us and not settled yet
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
  /**
   * Rows that came in a form we could not read; set aside and counted, never dropped in silence.
   * A running total of the walk, not of the step: the newest (highest) one counts.
   */
  readonly unreadableRows: number;
}

/** Key of a coverage entry, stable over steps of a walk. */
export function coverageKey(entry: Pick<CoverageEntry, "workspaceId" | "source">): string {
  return `${entry.workspaceId.toLowerCase()} ${entry.source ?? "*"}`;
}

/**
 * Adds a step's coverage to what is held: the step's entries replace those of the same workspace × source, the rest stays.
 * The placeholder of a workspace (source null) gives way as soon as a source of it is known.
 * Merging the same step again changes nothing.
 */
export function mergeCoverage(previous: Coverage | null, step: Coverage): Coverage {
  if (previous === null) return withoutPlaceholders(step);
  const entries = new Map(previous.entries.map((entry) => [coverageKey(entry), entry]));
  for (const entry of step.entries) entries.set(coverageKey(entry), entry);
  return withoutPlaceholders({
    asOf: Date.parse(step.asOf) >= Date.parse(previous.asOf) ? step.asOf : previous.asOf,
    entries: [...entries.values()],
    unreadableRows: Math.max(previous.unreadableRows, step.unreadableRows),
  });
}

function withoutPlaceholders(coverage: Coverage): Coverage {
  const sourced = new Set<string>();
  for (const entry of coverage.entries)
    if (entry.source !== null) sourced.add(entry.workspaceId.toLowerCase());
  const isNeeded = (entry: CoverageEntry) =>
    entry.source !== null || !sourced.has(entry.workspaceId.toLowerCase());
  return coverage.entries.every(isNeeded)
    ? coverage
    : { ...coverage, entries: coverage.entries.filter(isNeeded) };
}

/** A workspace of which at least one source could not be read. */
export interface MissingWorkspace {
  readonly workspaceId: string;
  /** Its name, or the start of its id while no reply has named it. */
  readonly name: string;
  /** The sources that could not be read; empty when none of its sources is known. */
  readonly sources: readonly string[];
  /** True when nothing of the workspace was read, false when only some sources are concerned. */
  readonly whole: boolean;
  /** ISO time of the oldest last reading among `sources`; null when one of them was never read. */
  readonly since: string | null;
  /** Plain sentence for people, of the first source concerned. */
  readonly reason: string | null;
}

/** A coverage in figures. Each workspace counts once: as reading, else as missing, else as current. */
export interface CoverageSummary {
  readonly asOf: string | null;
  readonly workspacesTotal: number;
  readonly workspacesCurrent: number;
  readonly workspacesReading: number;
  /** Sorted by name. */
  readonly workspacesMissing: readonly MissingWorkspace[];
  readonly pairsTotal: number;
  /** Pairs read to the end or confirmed quiet. */
  readonly pairsRead: number;
  readonly unreadableRows: number;
  /** Everything that we know of was read to the end. False while nothing at all is known. */
  readonly complete: boolean;
  /** A count resting on this coverage is a lower bound and must be shown as "at least". */
  readonly atLeast: boolean;
}

const isGood = (entry: CoverageEntry) => entry.state === "read" || entry.state === "quiet";
const isBad = (entry: CoverageEntry) => !isGood(entry) && entry.state !== "reading";

/** The figures of a coverage; `null` (nothing received yet) counts as an empty, incomplete one. */
export function summariseCoverage(coverage: Coverage | null): CoverageSummary {
  const entries = coverage?.entries ?? [];
  const byWorkspace = new Map<string, CoverageEntry[]>();
  for (const entry of entries) {
    const id = entry.workspaceId.toLowerCase();
    const held = byWorkspace.get(id);
    if (held) held.push(entry);
    else byWorkspace.set(id, [entry]);
  }
  let current = 0;
  let reading = 0;
  const missing: MissingWorkspace[] = [];
  for (const own of byWorkspace.values()) {
    if (own.every(isGood)) current += 1;
    else if (own.some((entry) => entry.state === "reading")) reading += 1;
    else missing.push(missingWorkspace(own));
  }
  missing.sort((a, b) => a.name.localeCompare(b.name) || a.workspaceId.localeCompare(b.workspaceId));
  const unreadableRows = coverage?.unreadableRows ?? 0;
  const complete = entries.length > 0 && entries.every(isGood);
  return {
    asOf: coverage?.asOf ?? null,
    workspacesTotal: byWorkspace.size,
    workspacesCurrent: current,
    workspacesReading: reading,
    workspacesMissing: missing,
    pairsTotal: entries.length,
    pairsRead: entries.filter(isGood).length,
    unreadableRows,
    complete,
    atLeast: !complete || unreadableRows > 0,
  };
}

function missingWorkspace(entries: readonly CoverageEntry[]): MissingWorkspace {
  const bad = entries.filter(isBad);
  const named = entries.find((entry) => entry.workspaceName !== null);
  const workspaceId = entries[0]?.workspaceId ?? "";
  return {
    workspaceId,
    name: named?.workspaceName ?? `Workspace ${workspaceId.slice(0, 8)}`,
    sources: bad.flatMap((entry) => (entry.source === null ? [] : [entry.source])).sort(),
    whole: bad.length === entries.length,
    since: oldest(bad),
    reason: bad.find((entry) => entry.reason !== null)?.reason ?? null,
  };
}

/** The earliest `since`; null as soon as one is null ("never" is earlier than any time). */
function oldest(entries: readonly CoverageEntry[]): string | null {
  let found: string | null = null;
  for (const { since } of entries) {
    if (since === null) return null;
    if (found === null || Date.parse(since) < Date.parse(found)) found = since;
  }
  return found;
}

/** More names than this in one clause do not fit the status line. */
const namesShown = 3;

/**
 * The status line's sentence, such as "38 of 40 workspaces current · Contoso, Fabrikam not read since 14:02" or
 * "3 of 15 workspaces still reading". `formatTime` turns an ISO instant into the viewer's wall clock.
 */
export function describeCoverage(summary: CoverageSummary, formatTime: (iso: string) => string): string {
  if (summary.workspacesTotal === 0) return "No workspace has answered yet";
  const noun = summary.workspacesTotal === 1 ? "workspace" : "workspaces";
  const head =
    summary.workspacesReading > 0
      ? `${summary.workspacesReading} of ${summary.workspacesTotal} ${noun} still reading`
      : `${summary.workspacesCurrent} of ${summary.workspacesTotal} ${noun} current`;
  const clauses = [head, ...describeMissing(summary.workspacesMissing, formatTime)];
  if (summary.unreadableRows > 0)
    clauses.push(
      summary.unreadableRows === 1
        ? "1 row could not be read"
        : `${summary.unreadableRows} rows could not be read`,
    );
  return clauses.join(" · ");
}

/** One clause per point in time, the longest silence first; never-read workspaces come first of all. */
function describeMissing(
  missing: readonly MissingWorkspace[],
  formatTime: (iso: string) => string,
): readonly string[] {
  const byClause = new Map<string, { names: string[]; sinceMs: number }>();
  for (const workspace of missing) {
    const clause =
      workspace.since === null ? "never read so far" : `not read since ${formatTime(workspace.since)}`;
    const sinceMs = workspace.since === null ? Number.NEGATIVE_INFINITY : Date.parse(workspace.since);
    const name = workspace.whole ? workspace.name : `${workspace.name} (${workspace.sources.join(", ")})`;
    const held = byClause.get(clause) ?? { names: [], sinceMs };
    held.names.push(name);
    held.sinceMs = Math.min(held.sinceMs, sinceMs);
    byClause.set(clause, held);
  }
  return [...byClause]
    .sort(([, a], [, b]) => (a.sinceMs === b.sinceMs ? 0 : a.sinceMs - b.sinceMs))
    .map(([clause, { names }]) => {
      const more = names.length - namesShown;
      const list = names.slice(0, namesShown).join(", ");
      return more > 0 ? `${list} and ${more} more ${clause}` : `${list} ${clause}`;
    });
}
