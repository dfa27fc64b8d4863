import "server-only";
import type { CoverageEntry } from "@/lib/domain/coverage";
import type { PairState, WalkState } from "./state";

/**
 * The coverage entries that changed since the last page, of the pairs in scope; marks them as sent.
 * On the first page these are all known ones.
 */
export function takeCoverageDelta(
  state: WalkState,
  inScope: (pair: PairState) => boolean,
): readonly CoverageEntry[] {
  const changed: CoverageEntry[] = [];
  for (const pair of state.pairs.values()) {
    if (!inScope(pair)) continue;
    const entry = entryOf(state, pair);
    const text = JSON.stringify([entry.workspaceName, entry.state, entry.rows, entry.since, entry.reason]);
    if (text === pair.sent) continue;
    pair.sent = text;
    changed.push(entry);
  }
  return changed;
}

/** The coverage of all pairs as the books stand now; nothing is marked as sent. */
export function coverageOf(state: WalkState): readonly CoverageEntry[] {
  return [...state.pairs.values()].map((pair) => entryOf(state, pair));
}

function entryOf(state: WalkState, pair: PairState): CoverageEntry {
  return {
    workspaceId: pair.workspaceId,
    workspaceName: state.names.get(pair.workspaceId)?.name ?? null,
    source: pair.source,
    state: pair.verdict ?? "reading",
    rows: pair.bestRows,
    since: sinceOf(state, pair),
    reason: reasonOf(state, pair),
  };
}

/** For what was not read, the last time that it was; else when the present state began. */
function sinceOf(state: WalkState, pair: PairState): string | null {
  if (pair.verdict === "missing" || pair.verdict === "cut-short") return pair.lastReadAt;
  return pair.verdict === null ? state.startedAt : pair.verdictAt;
}

function reasonOf(state: WalkState, pair: PairState): string | null {
  if (pair.verdict === "missing" && pair.isExpected)
    return "It holds incidents for this filter, but was left out of every reply";
  if (pair.verdict === "missing")
    return state.probe === "unknown"
      ? "Not in any reply; it may hold nothing for this filter, or it failed"
      : "Not in any reply; the service account may have lost its role there, or the workspace failed";
  if (pair.verdict === "cut-short")
    return pair.seen === "stuck"
      ? "ContraForce kept promising more incidents without sending any"
      : "More incidents were promised, then it stopped answering";
  return null;
}
