import "server-only";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { type PairState, pairOf, type WalkState } from "./state";
import type { PageTokens, UpstreamPage } from "./upstream";

/** What limits a pass over an upstream that never comes to an end. */
export interface PassLimits {
  /** Replies in a row without a row, or with exactly the tokens that were sent. */
  readonly idleReplies: number;
  /** Calls of one pass. */
  readonly calls: number;
}

/** 100,000 incidents in pages of 50 are 2,000 calls; beyond five times that something goes in circles. */
export const defaultPassLimits: PassLimits = { idleReplies: 50, calls: 10_000 };

/** Sets the books to the start of a pass: the next call is a first call. */
export function beginPass(state: WalkState): void {
  state.tokens = null;
  state.passCalls = 0;
  state.idleReplies = 0;
  state.passUnreadable = 0;
  for (const pair of state.pairs.values()) {
    pair.seen = "no";
    pair.passRows = 0;
  }
}

export interface ReplyContext {
  /** ISO time of the reply. */
  readonly now: string;
  readonly limits: PassLimits;
  /** Does the pair concern the person who asks? Only such pairs are worth another look. */
  readonly inScope: (pair: PairState) => boolean;
}

/**
 * Enters one reply of the walk's own filter into the books.
 * @returns true when the pass is over
 */
export function enterReply(state: WalkState, reply: UpstreamPage, context: ReplyContext): boolean {
  const sent = state.tokens;
  const open = openPairs(state, reply.sourcePageTokens);
  const rows = countRows(state, reply.incidents);
  for (const pair of new Set([...open, ...rows.keys()])) {
    if (!pair.appeared && sent !== null) state.hasLatecomers = true;
    enterPair(pair, rows.get(pair) ?? 0, open.has(pair), context.now);
    enterFill(state, pair, rows.get(pair) ?? 0, open.has(pair));
  }
  for (const pair of sent === null ? [] : openPairs(state, sent))
    if (!open.has(pair) && !rows.has(pair) && pair.seen === "open") pair.seen = "vanished";

  state.passCalls += 1;
  state.passUnreadable += reply.unreadableRows;
  state.unreadable = Math.max(state.unreadable, state.passUnreadable);
  const isIdle = reply.incidents.length === 0 || (sent !== null && sameTokens(sent, reply.sourcePageTokens));
  state.idleReplies = isIdle ? state.idleReplies + 1 : 0;
  state.tokens = reply.sourcePageTokens;
  return endsPass(state, reply, open, context);
}

function enterPair(pair: PairState, rows: number, isOpen: boolean, now: string): void {
  pair.appeared = true;
  pair.passRows += rows;
  pair.bestRows = Math.max(pair.bestRows, pair.passRows);
  // Once vanished in this pass, a stray reply does not make the pair whole again.
  if (pair.seen === "vanished") return;
  pair.seen = isOpen ? "open" : "done";
  if (!isOpen) settleRead(pair, now);
}

function enterFill(state: WalkState, { source }: PairState, rows: number, isOpen: boolean): void {
  const fullest = isOpen ? state.fullestOpen : state.fullestLast;
  if (source !== null) fullest.set(source, Math.max(rows, fullest.get(source) ?? 0));
}

/** A pair that was read from a first call to its end is settled, whatever happens to later passes. */
function settleRead(pair: PairState, now: string): void {
  if (pair.verdict === "read") return;
  pair.verdict = "read";
  pair.verdictAt = now;
}

function endsPass(
  state: WalkState,
  reply: UpstreamPage,
  open: ReadonlySet<PairState>,
  context: ReplyContext,
): boolean {
  if (!reply.moreIncidentsAvailable) {
    // The flag is the documented end; a token left over in that reply promises nothing.
    for (const pair of open)
      if (pair.seen === "open") {
        pair.seen = "done";
        settleRead(pair, context.now);
      }
    return true;
  }
  const isStuck =
    reply.sourcePageTokens.length === 0 ||
    state.idleReplies >= context.limits.idleReplies ||
    state.passCalls >= context.limits.calls;
  if (isStuck) {
    for (const pair of open) pair.seen = "stuck";
    return true;
  }
  // A further look may stop when nothing open is in doubt any more, unless upstream brings pairs late.
  const isWorthIt = [...open].some((pair) => pair.verdict !== "read" && context.inScope(pair));
  return state.looks > 0 && !state.hasLatecomers && !isWorthIt;
}

function openPairs(state: WalkState, tokens: readonly PageTokens[]): Set<PairState> {
  const open = new Set<PairState>();
  for (const { workspaceId, sourceTokens } of tokens)
    for (const source of Object.keys(sourceTokens)) {
      const pair = pairOf(state, workspaceId, source);
      if (pair) open.add(pair);
    }
  return open;
}

function countRows(state: WalkState, incidents: readonly IncidentRow[]): Map<PairState, number> {
  const rows = new Map<PairState, number>();
  for (const incident of incidents) {
    const pair = pairOf(state, incident.workspaceId, incident.source);
    if (pair) rows.set(pair, (rows.get(pair) ?? 0) + 1);
  }
  return rows;
}

function sameTokens(sent: readonly PageTokens[], received: readonly PageTokens[]): boolean {
  return JSON.stringify(sent) === JSON.stringify(received);
}
