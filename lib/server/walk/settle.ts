import "server-only";
import type { Presence } from "./presence";
import { type PairState, pairOf, placeholderOf, type Verdict, type WalkState } from "./state";

/**
 * Passes of one walk at most: the reading itself, a second look for everybody who is in doubt, and a third one for a
 * pair that gave rows in one of the two and was left out of the other.
 */
const looksAtMost = 3;

/** Enters the reply of the presence probe: who answers at all, whatever the walk's filter. */
export function enterProbe(state: WalkState, reply: Presence): void {
  const answering: [string, string][] = reply.incidents.map((row) => [row.workspaceId, row.source]);
  for (const { workspaceId, sourceTokens } of reply.sourcePageTokens)
    for (const source of Object.keys(sourceTokens)) answering.push([workspaceId, source]);
  for (const [workspaceId, source] of answering) {
    const pair = pairOf(state, workspaceId, source) ?? placeholderOf(state, workspaceId);
    if (pair) pair.answers = true;
  }
  state.probe = "answered";
}

/**
 * Judges the pairs in doubt after a completed pass. Either gives each a verdict and returns "complete", or leaves some
 * open and returns "look-again": one more pass from a first call may clear them up.
 */
export function settle(
  state: WalkState,
  inScope: (pair: PairState) => boolean,
  now: string,
): "complete" | "look-again" {
  const doubtful = [...state.pairs.values()].filter((pair) => pair.verdict === null && inScope(pair));
  for (const pair of doubtful) {
    const verdict = evidentVerdict(state, pair);
    if (verdict) judge(pair, verdict, now);
    if (pair.seen === "vanished") pair.vanishedAtRows = pair.passRows;
  }
  const open = doubtful.filter((pair) => pair.verdict === null);
  if (state.looks < looksAtMost && open.some((pair) => deservesLook(state, pair))) return "look-again";
  for (const pair of open) judge(pair, finalVerdict(pair), now);
  return "complete";
}

function judge(pair: PairState, verdict: Verdict, now: string): void {
  pair.verdict = verdict;
  pair.verdictAt = now;
}

/** What two looks prove; null while it is open. */
function evidentVerdict(state: WalkState, pair: PairState): Verdict | null {
  // A workspace that answers the probe with sources outside the filter only has nothing to bring here.
  if (pair.source === null) return pair.answers ? "quiet" : null;
  // The same end twice: upstream closes this pair with an empty page instead of dropping its token in time.
  if (pair.seen === "vanished" && pair.vanishedAtRows === pair.passRows && pair.passRows > 0) return "read";
  const isAbsentAgain = state.looks > 1 && pair.bestRows === 0 && pair.seen !== "stuck";
  return isAbsentAgain && pair.answers ? "quiet" : null;
}

/** Another look costs a call or more; it is worth that for pairs which may bring something. */
function deservesLook(state: WalkState, pair: PairState): boolean {
  if (pair.source === null) return false;
  if (state.looks > 1) return pair.bestRows > 0;
  return pair.answers || (state.probe === "unknown" && pair.appeared);
}

function finalVerdict(pair: PairState): Verdict {
  return pair.appeared ? "cut-short" : "missing";
}
