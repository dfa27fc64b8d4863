import type { CoverageEntry, CoverageState } from "@/lib/domain/coverage";

export interface WorkspaceCoverage {
  readonly workspaceId: string;
  /** Null while no reply has named it. */
  readonly name: string | null;
  readonly state: "missing" | "reading" | "current";
  readonly rows: number;
  /** By source name; one with source null when none of its sources is known. */
  readonly sources: readonly CoverageEntry[];
}

const bad: ReadonlySet<CoverageState> = new Set(["missing", "cut-short", "failed"]);

/** Entries by workspace: those in trouble first, then those still reading, then by name. */
export function groupCoverage(entries: readonly CoverageEntry[]): readonly WorkspaceCoverage[] {
  const byWorkspace = new Map<string, CoverageEntry[]>();
  for (const entry of entries) {
    const id = entry.workspaceId.toLowerCase();
    const held = byWorkspace.get(id);
    if (held) held.push(entry);
    else byWorkspace.set(id, [entry]);
  }
  return [...byWorkspace].map(([id, own]) => groupOf(id, own)).sort(compareGroups);
}

function groupOf(workspaceId: string, entries: readonly CoverageEntry[]): WorkspaceCoverage {
  const states = entries.map((entry) => entry.state);
  return {
    workspaceId,
    name: entries.find((entry) => entry.workspaceName !== null)?.workspaceName ?? null,
    state: states.some((state) => bad.has(state))
      ? "missing"
      : states.includes("reading")
        ? "reading"
        : "current",
    rows: entries.reduce((sum, entry) => sum + entry.rows, 0),
    sources: [...entries].sort((a, b) => ((a.source ?? "") < (b.source ?? "") ? -1 : 1)),
  };
}

const rank = { missing: 0, reading: 1, current: 2 } as const;

function compareGroups(a: WorkspaceCoverage, b: WorkspaceCoverage): number {
  return (
    rank[a.state] - rank[b.state] ||
    (a.name ?? a.workspaceId).localeCompare(b.name ?? b.workspaceId) ||
    (a.workspaceId < b.workspaceId ? -1 : 1)
  );
}

const stateWords: Record<CoverageState, string> = {
  reading: "still reading",
  read: "read",
  quiet: "nothing for this filter",
  missing: "did not answer",
  "cut-short": "broke off before its end",
  failed: "could not be read",
};

/** One source's state in words: "could not be read since 14:02 (403, …)". `formatTime` writes an instant. */
export function describeEntry(
  entry: Pick<CoverageEntry, "state" | "since" | "reason">,
  formatTime: (iso: string) => string,
): string {
  const isBad = bad.has(entry.state);
  const since = !isBad
    ? ""
    : entry.since === null
      ? ", never read so far"
      : ` since ${formatTime(entry.since)}`;
  const reason = isBad && entry.reason !== null ? ` (${entry.reason})` : "";
  return `${stateWords[entry.state]}${since}${reason}`;
}
