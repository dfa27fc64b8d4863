import "server-only";
import { type Caller, callerIdOf, type Principal } from "@/lib/domain/access";
import { type IncidentQuery, parseIncidentQuery, placeFits } from "@/lib/domain/incident-query";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { requireCaller } from "@/lib/server/auth/caller";
import { requirePrincipal } from "@/lib/server/auth/session";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { headOf } from "@/lib/server/live/log";
import { openPosition, sealPosition } from "@/lib/server/live/position";
import { answerText, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import type { Keys } from "@/lib/server/vault/any-key";
import { derivedKeys } from "@/lib/server/vault/keys";
import { exportBatchRows } from "./export";
import type { Windowed } from "./hours";
import type { Asker } from "./query";
import { type SharedAnswer, SharedAnswers } from "./shared-answers";

export interface RegisterRouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface RegisterDependencies {
  readonly requireCaller: (headers: Headers) => Promise<Caller>;
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  readonly exportBatchRows: number;
  readonly now: () => number;
  readonly positionKeys: () => Keys;
}

export const production: RegisterDependencies = {
  requireCaller,
  requirePrincipal,
  exportBatchRows,
  now: () => Date.now(),
  positionKeys: () => derivedKeys("live-position"),
};

/** The question in the request's address. @throws Failure INVALID_INPUT */
export function queryOf(search: URLSearchParams): IncidentQuery {
  const parsed = parseIncidentQuery(search);
  if ("errors" in parsed) throw new Failure("INVALID_INPUT", { errors: { ...parsed.errors } });
  const { after, sort } = parsed.query;
  if (after !== null && !placeFits(after, sort.column))
    throw new Failure("INVALID_INPUT", { errors: { after: ["is not a place of this list"] } });
  return parsed.query;
}

/** Longest window that is counted hour by hour or searched for campaigns. */
const longestWindowMs = 31 * 24 * 3_600_000;

/** The question over a window with both ends: the last 24 hours where none is asked for. @throws Failure INVALID_INPUT */
export function windowedQueryOf(search: URLSearchParams, nowMs: number): Windowed {
  const query = queryOf(search);
  const toMs = query.to === null ? nowMs : Date.parse(query.to);
  const fromMs = query.from === null ? toMs - 24 * 3_600_000 : Date.parse(query.from);
  if (!(fromMs < toMs) || toMs - fromMs > longestWindowMs)
    throw new Failure("INVALID_INPUT", { errors: { from: ["is not within 31 days before the end"] } });
  return {
    ...query,
    after: null,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  };
}

/** Who asks for what. */
export interface Reading {
  readonly tx: Tx;
  readonly search: URLSearchParams;
  readonly asker: Asker;
  /** Opens the place in the event log that an earlier answer named; null when it is another's, or too old. */
  readonly opened: (position: string) => number | null;
}

/** Data, and where the event log stood if the asker may go on from there. */
export interface Found {
  readonly data: object;
  readonly head: number | null;
}

/**
 * A read of the register by whoever may read incidents, people and displays alike. Who may see every workspace gets the same answer as
 * others who ask the same at that time.
 * @param questionOf everything that the answer depends on besides who asks and what the store holds
 */
export const registerRead = (
  deps: RegisterDependencies,
  answer: (reading: Reading) => Promise<Found>,
  questionOf: (search: URLSearchParams, opened: Reading["opened"]) => string = String,
) => {
  const shared = new SharedAnswers();
  return withProblems<RegisterRouteContext>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const caller = await deps.requireCaller(request.headers);
    const standing = membershipOf(caller, (await route.params).org);
    authorise(standing, "incidents:read", null);
    const { organisationId, scope } = standing;
    const { searchParams: search } = new URL(request.url);
    const nowMs = deps.now();
    const owner = { callerId: callerIdOf(caller), organisationId, scope };
    const opened = (position: string) => openPosition(deps.positionKeys(), owner, position, nowMs);
    const read = async (): Promise<SharedAnswer> => {
      const { data, head } = await withOrganisation(organisationId, (tx) =>
        answer({ tx, search: new URLSearchParams(search), asker: { scope, nowMs }, opened }),
      );
      return { text: JSON.stringify(data), head };
    };
    const question = `${organisationId} ${questionOf(search, opened)}`;
    const { text, head } =
      scope.kind === "all"
        ? await shared.answer(question, await withOrganisation(organisationId, headOf), nowMs, read)
        : await read();
    if (head === null) return answerText(text, requestId);
    const position = JSON.stringify(sealPosition(deps.positionKeys(), owner, head, nowMs));
    return answerText(`${text.slice(0, -1)},"position":${position}}`, requestId);
  });
};
