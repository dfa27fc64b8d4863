import "server-only";
import { incidentSources } from "@/lib/contract/vocabulary";
import type { KnownWorkspace } from "../workspaces";
import type { PageTokens } from "./upstream";

/** What became of a pair (workspace × source) for good in this walk. */
export type Verdict = "read" | "quiet" | "missing" | "cut-short";

/** One workspace × source (or a workspace of which no source is known) in the books of a walk. */
export interface PairState {
  readonly workspaceId: string;
  readonly source: string | null;
  /**
   * In the present pass: not met · token open · ended properly · token sent, nothing came back and the token is gone ·
   * given up, because upstream kept promising more without bringing any.
   */
  seen: "no" | "open" | "done" | "vanished" | "stuck";
  /** Rows received in the present pass, and the most of any pass. */
  passRows: number;
  bestRows: number;
  /** Rows that it had given when it vanished in an earlier pass. */
  vanishedAtRows: number | null;
  /** It vanished in the last two passes after the same number of rows. */
  endsAlike: boolean;
  /** Met in any reply of this walk's own filter. */
  appeared: boolean;
  /** Met in the presence probe. */
  answers: boolean;
  /** The probe brought a row of it that the walk's own filter must bring as well. */
  isExpected: boolean;
  verdict: Verdict | null;
  /** ISO time of the verdict. */
  verdictAt: string | null;
  /** ISO time of the last complete reading by any earlier walk. */
  lastReadAt: string | null;
  /** The registry has it. */
  isRegistered: boolean;
  /** The coverage entry that the browser has, as text; empty while it has none. */
  sent: string;
}

/** A workspace's name in the books. `isReplaceable`: a row may bring a newer one; not after it did so once in this walk. */
export interface NameState {
  name: string | null;
  isReplaceable: boolean;
}

/** Everything that the next step needs to know. Lives in the store between steps, never leaves the server. */
export interface WalkState {
  /** ISO time of the first call. */
  readonly startedAt: string;
  /** The filter's sources; empty for all. Pairs of other sources are not kept in the books. */
  readonly sources: readonly string[];
  phase: "reading" | "settling" | "complete";
  /** Upstream's tokens, verbatim; null when the next call is a first call. */
  tokens: readonly PageTokens[] | null;
  /** Completed passes from a first call to the end. */
  looks: number;
  /** Restarts after rejected tokens: in the whole walk, and in the present pass. */
  restarts: number;
  passRestarts: number;
  passCalls: number;
  /** Replies in a row that brought nothing new. */
  idleReplies: number;
  /** Some pair first turned up after the first reply of a pass, so absence from a first reply proves nothing. */
  hasLatecomers: boolean;
  /** Most rows of one reply per source: of a pair that went on, and of one that ended with them (see `looksAhead`). */
  readonly fullestOpen: Map<string, number>;
  readonly fullestLast: Map<string, number>;
  /** Unreadable rows: in the present pass, and the most of any pass. */
  passUnreadable: number;
  unreadable: number;
  /** When the last pass ended (ms). */
  passEndedAtMs: number;
  /** The last presence probe: not made yet · made · it cannot tell. */
  probe: "due" | "answered" | "unknown";
  /** By lower-case workspace id. */
  readonly names: Map<string, NameState>;
  /** By `pairKey`. */
  readonly pairs: Map<string, PairState>;
}

export function newWalkState(startedAt: string, sources: readonly string[]): WalkState {
  return {
    startedAt,
    sources,
    phase: "reading",
    tokens: null,
    looks: 0,
    restarts: 0,
    passRestarts: 0,
    passCalls: 0,
    idleReplies: 0,
    hasLatecomers: false,
    fullestOpen: new Map(),
    fullestLast: new Map(),
    passUnreadable: 0,
    unreadable: 0,
    passEndedAtMs: 0,
    probe: "due",
    names: new Map(),
    pairs: new Map(),
  };
}

function pairKey(workspaceId: string, source: string | null): string {
  return `${workspaceId.toLowerCase()} ${source ?? "*"}`;
}

const knownSpelling = new Map<string, string>(incidentSources.map((name) => [name.toLowerCase(), name]));

/** A source in upstream's main spelling; some of its endpoints write them in lower case. Unknown ones stay as they are. */
export function spellSource(source: string): string {
  return knownSpelling.get(source.toLowerCase()) ?? source;
}

/**
 * The books' entry of a pair, made on first mention; null when the filter leaves that source out.
 * A workspace's placeholder (source null) goes as soon as one of its sources is in the books.
 */
export function pairOf(state: WalkState, workspaceId: string, rawSource: string | null): PairState | null {
  const source = rawSource === null ? null : spellSource(rawSource);
  if (source !== null && state.sources.length > 0 && !state.sources.includes(source)) return null;
  const key = pairKey(workspaceId, source);
  const held = state.pairs.get(key);
  if (held) return held;
  const id = workspaceId.toLowerCase();
  const pair: PairState = {
    workspaceId: id,
    source,
    seen: "no",
    passRows: 0,
    bestRows: 0,
    vanishedAtRows: null,
    endsAlike: false,
    appeared: false,
    answers: false,
    isExpected: false,
    verdict: null,
    verdictAt: null,
    lastReadAt: null,
    isRegistered: false,
    sent: "",
  };
  state.pairs.set(key, pair);
  if (source !== null) state.pairs.delete(pairKey(id, null));
  return pair;
}

/** The placeholder of a workspace of which no source is in the books, if there is one. */
export function placeholderOf(state: WalkState, workspaceId: string): PairState | undefined {
  return state.pairs.get(pairKey(workspaceId, null));
}

/**
 * Enters what the registry knows. A workspace of which only sources outside the filter are known is no part of the
 * coverage; one without any known source gets a placeholder.
 */
export function enterKnown(state: WalkState, known: readonly KnownWorkspace[]): void {
  const sourced = new Set<string>();
  for (const pair of state.pairs.values()) if (pair.source !== null) sourced.add(pair.workspaceId);
  for (const workspace of known) {
    const id = workspace.id.toLowerCase();
    if (workspace.name !== null || !state.names.has(id))
      state.names.set(id, { name: workspace.name, isReplaceable: workspace.isNameReplaceable });
    for (const { source, lastReadAt } of workspace.sources) {
      const pair = pairOf(state, id, source);
      if (pair) Object.assign(pair, { lastReadAt, isRegistered: true });
    }
    if (workspace.sources.length === 0 && !sourced.has(id)) pairOf(state, id, null);
  }
}
