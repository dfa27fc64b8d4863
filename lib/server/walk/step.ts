import "server-only";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { coversWorkspace, type WorkspaceScope } from "@/lib/domain/access";
import { parsePins, pinTest } from "@/lib/domain/incident-pin";
import type { WalkFilter } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";
import type { KnownWorkspace } from "../workspaces";
import { type Clock, isoOf } from "./clock";
import { rowDigest } from "./digests";
import { enterNames } from "./observe";
import { beginPass, enterReply, type PassLimits } from "./pass";
import type { Presence } from "./presence";
import { enterProbe, needsSecondLook, noteEnds, settle } from "./settle";
import { enterKnown, type PairState, pairOf, type WalkState } from "./state";
import type { UpstreamPage, WalkUpstream } from "./upstream";

/** Calls that one step may make: the page itself, and up to three more while they bring no row to show. */
const callsPerStep = 4;
/** After this the step answers with what it has, so that slow upstream calls do not add up to a proxy's time-out. */
const stepBudgetMs = 10_000;
/** Restarts of one pass at most; then the rejection itself is the answer. */
const restartsPerPass = 8;
/**
 * The vendor says to start over after a rejected token, and so we do. When starting over does not get us through, the
 * rejections do not come from old tokens (perhaps one of upstream's machines does not know the key), and the same tokens
 * are worth a second try before the next restart.
 */
const restartsBeforeAskingAgain = 2;

export interface StepContext {
  readonly upstream: WalkUpstream;
  readonly filter: WalkFilter;
  readonly scope: WorkspaceScope;
  readonly clock: Clock;
  readonly limits: PassLimits;
  readonly signal: AbortSignal | undefined;
  /** Digests of the rows that earlier steps handed out. */
  readonly delivered: () => Promise<ReadonlySet<string>>;
  /** Everything known about the organisation's workspaces, after learning what can be learned. */
  readonly learned: () => Promise<readonly KnownWorkspace[]>;
  /** A presence probe that began after this (ms); null when upstream does not answer such questions. */
  readonly presence: (notBeforeMs: number) => Promise<Presence | null>;
}

export interface StepResult {
  readonly rows: readonly IncidentRow[];
  readonly digests: readonly string[];
  /** Workspaces whose name changed in the books. */
  readonly renamed: ReadonlySet<string>;
}

/** Is this pair one of those that the person may see? */
export function scopeFilter(scope: WorkspaceScope): (pair: PairState) => boolean {
  return (pair) => coversWorkspace(scope, pair.workspaceId);
}

/** Workspaces that were assigned to the person by name are expected, even if no reply has ever mentioned them. */
export function enterScope(state: WalkState, scope: WorkspaceScope): void {
  if (scope.kind === "all") return;
  const met = new Set([...state.pairs.values()].map((pair) => pair.workspaceId));
  for (const id of scope.ids) if (!state.names.has(id) && !met.has(id)) pairOf(state, id, null);
}

/**
 * Moves a walk on by one step: until there are rows to show, the walk is complete, or the step's calls are used up.
 * Changes `state`. When a call fails after others succeeded, what they brought is kept and the failure is left to the
 * next step; when the first one fails the failure is thrown. The state then asks the same again in the next step, but a name that
 * changed in between is not told of any more: who keeps states between steps goes back to the one before.
 */
export async function takeStep(state: WalkState, context: StepContext): Promise<StepResult> {
  const startedMs = context.clock();
  const renamed = new Set<string>();
  let result: StepResult = { rows: [], digests: [], renamed };
  for (let calls = 0; calls < callsPerStep && state.phase !== "complete"; calls += 1) {
    if (calls > 0 && context.clock() - startedMs >= stepBudgetMs) break;
    try {
      if (state.phase === "settling" && (await settleWalk(state, context, renamed)) === "complete") break;
      const reply = await nextPage(state, context);
      if (reply === "restarted") continue;
      // First what can fail, then the books: a page is either entered and handed out, or neither.
      result = { ...(await freshRows(state, reply, context)), renamed };
      for (const id of enterNames(state, reply.incidents)) renamed.add(id);
      enterPage(state, reply, context);
    } catch (error) {
      if (calls === 0 || context.signal?.aborted || !(error instanceof Failure)) throw error;
      break;
    }
    if (result.rows.length > 0) break;
  }
  return result;
}

/** Upstream knows no pins: it is asked for the words beside them, and what they name is chosen among its rows. */
function withoutPins({ query = "", ...filter }: WalkFilter): WalkFilter {
  const { words } = parsePins(query);
  return words === "" ? filter : { ...filter, query: words };
}

/** One call; "restarted" when upstream refused the tokens and the pass begins anew. */
async function nextPage(state: WalkState, context: StepContext): Promise<UpstreamPage | "restarted"> {
  const ask = () => context.upstream.page(withoutPins(context.filter), state.tokens, context.signal);
  try {
    return await ask();
  } catch (error) {
    if (state.tokens === null || !isTokenRejection(error)) throw error;
  }
  if (state.passRestarts >= restartsBeforeAskingAgain) {
    try {
      return await ask();
    } catch (error) {
      if (!isTokenRejection(error) || state.passRestarts >= restartsPerPass) throw error;
    }
  }
  beginPass(state);
  state.restarts += 1;
  state.passRestarts += 1;
  return "restarted";
}

/** The vendor's words for a token that it does not take; the same code on a first call means the filter itself. */
function isTokenRejection(error: unknown): boolean {
  return (
    error instanceof Failure &&
    error.code === "UPSTREAM_INVALID" &&
    error.details.upstreamCode === "VALIDATION_ERROR"
  );
}

function enterPage(state: WalkState, reply: UpstreamPage, context: StepContext): void {
  const isOver = enterReply(state, reply, {
    now: isoOf(context.clock()),
    limits: context.limits,
    inScope: scopeFilter(context.scope),
  });
  if (!isOver) return;
  noteEnds(state);
  state.passEndedAtMs = context.clock();
  state.looks += 1;
  state.passRestarts = 0;
  state.phase = "settling";
}

/** The rows that the person may see and does not have yet in exactly this form. */
async function freshRows(
  state: WalkState,
  reply: UpstreamPage,
  context: StepContext,
): Promise<Pick<StepResult, "rows" | "digests">> {
  const isNamed = pinTest(context.filter.query ?? "") ?? (() => true);
  const visible = reply.incidents.filter(
    (row) => coversWorkspace(context.scope, row.workspaceId) && isNamed(row),
  );
  const mayRepeat = visible.length > 0 && (state.restarts > 0 || state.looks > 0);
  const delivered = mayRepeat ? await context.delivered() : new Set<string>();
  const rows: IncidentRow[] = [];
  const digests: string[] = [];
  for (const row of visible) {
    const digest = rowDigest(row);
    if (delivered.has(digest)) continue;
    rows.push(row);
    digests.push(digest);
  }
  return { rows, digests };
}

/** After a pass: who is in doubt, and is that worth another look? */
async function settleWalk(
  state: WalkState,
  context: StepContext,
  renamed: Set<string>,
): Promise<"complete" | "look-again"> {
  const inScope = scopeFilter(context.scope);
  if (state.looks === 1) {
    enterKnown(state, await context.learned());
    enterScope(state, context.scope);
  }
  const outcome = needsSecondLook(state, inScope) ? "look-again" : await judgeWalk(state, context, renamed);
  if (outcome === "complete") state.phase = "complete";
  else {
    beginPass(state);
    state.phase = "reading";
  }
  return outcome;
}

async function judgeWalk(
  state: WalkState,
  context: StepContext,
  renamed: Set<string>,
): Promise<"complete" | "look-again"> {
  // With nobody in doubt the probe only looks for pairs that we have never heard of: a recent one will do.
  const isInDoubt = state.looks > 1;
  const presence = await context.presence(isInDoubt ? state.passEndedAtMs : 0);
  enterProbe(state, presence, context.filter, context.clock());
  for (const id of enterNames(state, presence?.incidents ?? [])) renamed.add(id);
  return settle(state, scopeFilter(context.scope), isoOf(context.clock()));
}
