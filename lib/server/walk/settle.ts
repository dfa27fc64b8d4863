import "server-only";
import type { WalkFilter } from "@/lib/domain/walk";
import { surelyMatches } from "./expectation";
import type { Presence } from "./presence";
import { type PairState, pairOf, placeholderOf, type Verdict, type WalkState } from "./state";

/**
 * Passes of one walk at most: the reading itself, a second look for everybody who is in doubt, and a third one for a
 * pair that turned out to hold something which the looks before did not bring to an end.
 */
const looksAtMost = 3;

type InScope = (pair: PairState) => boolean;

/** Pairs about which the passes so far have not settled anything. */
function doubtful(state: WalkState, inScope: InScope): PairState[] {
  return [...state.pairs.values()].filter((pair) => pair.verdict === null && inScope(pair));
}

/** Is there a known source that the first pass did not read to its end? Then a second look comes before any judgement. */
export function needsSecondLook(state: WalkState, inScope: InScope): boolean {
  return state.looks === 1 && doubtful(state, inScope).some((pair) => pair.source !== null);
}

/**
 * Enters a presence probe: who answers at all, whatever the walk's filter, and who must answer to that filter, too.
 * What an earlier probe of this walk said is void.
 */
export function enterProbe(
  state: WalkState,
  presence: Presence | null,
  filter: WalkFilter,
  nowMs: number,
): void {
  state.probe = presence ? "answered" : "unknown";
  for (const pair of state.pairs.values()) pair.answers = false;
  if (!presence) return;
  const answering: [string, string][] = presence.incidents.map((row) => [row.workspaceId, row.source]);
  for (const { workspaceId, sourceTokens } of presence.sourcePageTokens)
    for (const source of Object.keys(sourceTokens)) answering.push([workspaceId, source]);
  for (const [workspaceId, source] of answering) {
    const pair = pairOf(state, workspaceId, source) ?? placeholderOf(state, workspaceId);
    if (pair) pair.answers = true;
  }
  for (const row of presence.incidents) {
    const pair = surelyMatches(filter, row, nowMs) ? pairOf(state, row.workspaceId, row.source) : null;
    if (pair) pair.isExpected = true;
  }
}

/** Notes where pairs stopped in the pass that has just ended; the next pass is compared with it. */
export function noteEnds(state: WalkState): void {
  for (const pair of state.pairs.values()) {
    pair.endsAlike = pair.seen === "vanished" && pair.passRows > 0 && pair.vanishedAtRows === pair.passRows;
    if (pair.seen === "vanished") pair.vanishedAtRows = pair.passRows;
  }
}

/**
 * Judges the pairs in doubt, with a presence probe made after the last pass: a good verdict needs a pair that is there
 * now. Either gives each a verdict and returns "complete", or leaves some open and returns "look-again".
 */
export function settle(state: WalkState, inScope: InScope, now: string): "complete" | "look-again" {
  const pairs = doubtful(state, inScope);
  for (const pair of pairs) {
    const verdict = evidentVerdict(state, pair);
    if (verdict) judge(pair, verdict, now);
  }
  const open = pairs.filter((pair) => pair.verdict === null);
  if (state.looks < looksAtMost && open.some((pair) => deservesLook(state, pair))) return "look-again";
  for (const pair of open) judge(pair, pair.appeared ? "cut-short" : "missing", now);
  return "complete";
}

function judge(pair: PairState, verdict: Verdict, now: string): void {
  pair.verdict = verdict;
  pair.verdictAt = now;
}

/** What two looks and the probe prove; null while it is open. */
function evidentVerdict(state: WalkState, pair: PairState): Verdict | null {
  if (!pair.answers) return null;
  // A workspace that answers the probe with sources outside the filter only has nothing to bring here.
  if (pair.source === null) return "quiet";
  // The same end twice: upstream closes this pair with an empty page instead of dropping its token in time.
  if (pair.endsAlike && !looksAhead(state, pair.source)) return "read";
  const isAbsentAgain = state.looks > 1 && pair.bestRows === 0 && pair.seen !== "stuck";
  return isAbsentAgain && !pair.isExpected ? "quiet" : null;
}

/**
 * Does upstream know when a full page is the last one? It does where a pair of this source ended with as many rows as
 * others had when they went on. A pair of such a source that ends with an empty page was left out of it.
 */
function looksAhead(state: WalkState, source: string): boolean {
  const open = state.fullestOpen.get(source) ?? 0;
  return open > 0 && (state.fullestLast.get(source) ?? 0) >= open;
}

/** Another look costs a call or more; it is worth that for pairs which may bring something. */
function deservesLook(state: WalkState, pair: PairState): boolean {
  if (pair.source === null) return false;
  if (state.probe === "unknown") return pair.appeared && state.looks === 1;
  return pair.answers && (state.looks === 1 || pair.bestRows > 0 || pair.isExpected);
}
