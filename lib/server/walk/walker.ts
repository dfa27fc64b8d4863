import "server-only";
import { randomUUID } from "node:crypto";
import { type Caller, callerIdOf, type Standing } from "@/lib/domain/access";
import { canonicalFilter, type WalkPage, type WalkRequest } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import { type Keys, withAnyKey } from "../vault/any-key";
import type { Observations, WorkspaceRegistry } from "../workspaces";
import { type Clock, isoOf } from "./clock";
import { takeCoverageDelta } from "./coverage-delta";
import {
  type CursorBinding,
  cursorLifetimeMs,
  fingerprint,
  openCursor,
  scopeFingerprint,
  sealCursor,
} from "./cursor";
import { DeliveredRows } from "./delivered";
import { packDigests } from "./digests";
import { type OnLearnFailure, WorkspaceLearner } from "./learn";
import { readPairs, takeUnregistered } from "./observe";
import { packHandover, packJson, unpackHandover, unpackPage } from "./packing";
import { defaultPassLimits, type PassLimits } from "./pass";
import { PresenceProbe } from "./presence";
import { SharedFlights } from "./shared-flights";
import { enterKnown, newWalkState, type WalkState } from "./state";
import { enterScope, scopeFilter, type StepResult, takeStep } from "./step";
import type { StepRecord, WalkRecord, WalkStore } from "./store";
import type { WalkUpstream } from "./upstream";

/** Who asks, through which connection; authorised for the operation already. */
export interface WalkContext {
  readonly principal: Caller;
  readonly membership: Standing;
  readonly connection: UpstreamConnection;
  readonly requestId: string;
  readonly signal?: AbortSignal;
}

export interface WalkDependencies {
  readonly store: WalkStore;
  readonly registry: WorkspaceRegistry;
  readonly clock: Clock;
  /** 32 bytes under which cursors are sealed. */
  readonly cursorKeys: () => Keys;
  readonly upstreamOf: (context: Pick<WalkContext, "connection" | "requestId">) => WalkUpstream;
  readonly onLearnFailure: OnLearnFailure;
  readonly limits?: PassLimits;
}

export type WalkIncidents = (context: WalkContext, request: WalkRequest) => Promise<WalkPage>;

/** The walk engine with its own caches. */
export function createWalker(deps: WalkDependencies): WalkIncidents {
  const walker = new Walker(deps);
  return (context, request) => walker.walk(context, request);
}

interface Reading {
  readonly context: WalkContext;
  readonly walk: WalkRecord;
  readonly binding: CursorBinding;
  readonly signal: AbortSignal | undefined;
}

class Walker {
  readonly #deps: WalkDependencies;
  readonly #flights = new SharedFlights<WalkPage>();
  readonly #learner: WorkspaceLearner;
  readonly #presence: PresenceProbe;
  readonly #delivered: DeliveredRows;

  constructor(deps: WalkDependencies) {
    this.#deps = deps;
    this.#learner = new WorkspaceLearner(deps.registry, deps.clock, deps.onLearnFailure);
    this.#presence = new PresenceProbe(deps.clock);
    this.#delivered = new DeliveredRows(deps.store);
  }

  /**
   * One page of a walk: the first with cursor null, each further one with the cursor of the page before.
   * @throws Failure CURSOR_INVALID, CURSOR_EXPIRED, UPSTREAM_*; after the latter the same cursor can be asked again
   */
  async walk(context: WalkContext, request: WalkRequest): Promise<WalkPage> {
    const filter = canonicalFilter(request);
    const { principal, membership, connection } = context;
    const binding: CursorBinding = {
      personId: callerIdOf(principal),
      organisationId: membership.organisationId,
      credentialId: connection.credentialId,
      filterHash: fingerprint(filter),
    };
    const nowMs = this.#deps.clock();
    if (request.cursor === null) {
      const walk: WalkRecord = {
        ...binding,
        id: randomUUID(),
        sessionId: principal.personId === null ? callerIdOf(principal) : principal.sessionId,
        filter,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + cursorLifetimeMs,
      };
      return this.#begin({ context, walk, binding, signal: context.signal });
    }
    const { cursor } = request;
    const position = withAnyKey(this.#deps.cursorKeys(), (key) => openCursor(key, binding, cursor, nowMs));
    // Pages are stored as they were filtered for the rights of then: other rights, another walk.
    if (position.scope !== scopeOf(membership)) throw new Failure("CURSOR_EXPIRED");
    const { walkId, step } = position;
    return this.#flights.join(`${walkId} ${step}`, context.signal, (signal) =>
      this.#resume(context, binding, walkId, step, signal),
    );
  }

  async #begin(reading: Reading): Promise<WalkPage> {
    const { walk } = reading;
    const { organisationId } = walk;
    // Learning goes on beside the first page; the walk waits for it before it comes to its end.
    this.#learn(reading.context).catch(() => undefined);
    const state = newWalkState(isoOf(walk.createdAtMs), walk.filter.sources);
    enterKnown(state, await this.#deps.registry.list(organisationId));
    enterScope(state, reading.context.membership.scope);
    const made = await this.#makeStep(reading, state, 0);
    await this.#deps.store.create(walk, made.record, made.observed);
    return made.page;
  }

  async #resume(
    context: WalkContext,
    binding: CursorBinding,
    walkId: string,
    step: number,
    signal: AbortSignal,
  ): Promise<WalkPage> {
    const { store, clock } = this.#deps;
    const stored = await store.read(binding.organisationId, walkId, step, clock());
    // The cursor's seal says the same; a second witness costs nothing.
    const isOurs =
      stored?.walk.personId === binding.personId && stored.walk.filterHash === binding.filterHash;
    if (!stored || !isOurs) throw new Failure("CURSOR_EXPIRED");
    if (stored.page) return unpackPage<WalkPage>(stored.page);
    const handover = stored.previous && (await unpackHandover(stored.previous));
    if (!handover?.state) throw new Failure("CURSOR_EXPIRED");

    const made = await this.#makeStep({ context, walk: stored.walk, binding, signal }, handover.state, step);
    const page = await store.append({
      walk: stored.walk,
      record: made.record,
      spent: await packHandover({ state: null, digests: handover.digests }),
      expiresAtMs: made.expiresAtMs,
      nowMs: clock(),
      observed: made.observed,
    });
    if (!page) throw new Failure("CURSOR_EXPIRED");
    return page === made.record.page ? made.page : unpackPage<WalkPage>(page);
  }

  async #makeStep(reading: Reading, state: WalkState, step: number) {
    const result = await this.#takeStep(reading, state, step);
    const expiresAtMs = this.#deps.clock() + cursorLifetimeMs;
    const page = this.#page(reading, state, result, { step: step + 1, expiresAtMs });
    const isComplete = state.phase === "complete";
    const observed: Observations = {
      ...takeUnregistered(state, result.renamed),
      read: isComplete ? readPairs(state) : [],
    };
    const digests = packDigests(result.digests);
    const record: StepRecord = {
      step,
      page: await packJson(page),
      next: await packHandover({ state: isComplete ? null : state, digests }),
    };
    return { page, record, observed, expiresAtMs };
  }

  #takeStep({ context, walk, signal }: Reading, state: WalkState, step: number): Promise<StepResult> {
    const { clock, registry, limits = defaultPassLimits, upstreamOf } = this.#deps;
    const { organisationId, credentialId } = walk;
    const upstream = upstreamOf(context);
    return takeStep(state, {
      upstream,
      filter: walk.filter,
      scope: context.membership.scope,
      clock,
      limits,
      signal,
      delivered: () => this.#delivered.through(organisationId, walk.id, step - 1),
      learned: async () => {
        await this.#learn(context);
        return registry.list(organisationId);
      },
      presence: (notBeforeMs) =>
        this.#presence.ask({
          key: `${organisationId} ${credentialId}`,
          notBeforeMs,
          upstream,
          record: (observed) => registry.record(organisationId, observed, clock()),
        }),
    });
  }

  #page(
    { context, walk, binding }: Reading,
    state: WalkState,
    result: StepResult,
    next: { step: number; expiresAtMs: number },
  ): WalkPage {
    const isComplete = state.phase === "complete";
    const scope = scopeOf(context.membership);
    const position = { walkId: walk.id, scope, ...next };
    return {
      incidents: result.rows,
      cursor: isComplete ? null : sealCursor(this.#deps.cursorKeys()[0], binding, position),
      moreIncidentsAvailable: !isComplete,
      coverage: {
        asOf: isoOf(this.#deps.clock()),
        entries: takeCoverageDelta(state, scopeFilter(context.membership.scope)),
        unreadableRows: state.unreadable,
      },
      restarts: state.restarts,
    };
  }

  #learn(context: WalkContext): Promise<void> {
    return this.#learner.learn({
      organisationId: context.membership.organisationId,
      credentialId: context.connection.credentialId,
      upstream: this.#deps.upstreamOf(context),
    });
  }
}

function scopeOf({ scope }: Standing): string {
  return scopeFingerprint(scope.kind === "all" ? "all" : scope.ids);
}
