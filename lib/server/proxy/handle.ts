import "server-only";
import { randomUUID } from "node:crypto";
import { callerIdOf } from "@/lib/domain/access";
import type { WalkRequest } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { type OwnNames, withOwnNames } from "@/lib/server/own-names";
import { answerHeaders, problemResponse } from "@/lib/server/problem";
import { guardTracedRead, guardWrite, refuseHeaders } from "@/lib/server/request-guard";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import { type Act, audited, recordRefusal } from "./audited";
import { confine } from "./confine";
import type { ProxyDependencies } from "./dependencies";
import { parseInput } from "./input";
import { type Located, locate, MethodFailure } from "./locate";
import { PageTokens } from "./page-tokens";
import { visiblePart } from "./row-filters";
import { requireTarget } from "./webhook-target";

interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly upstreamRequestId: string | null;
  /** Over everything that upstream sent: rows that cannot be read cannot be told apart by workspace either. */
  readonly unreadableRows: number;
}

/** Headers and origin of the call, before anybody's session is looked at. */
function guard(request: Request, { operation }: Located, deps: ProxyDependencies): void {
  refuseHeaders(request.headers);
  if (operation.method !== "GET") guardWrite(request.headers, deps.publicOrigin());
  else if (operation.audited) guardTracedRead(request.headers);
}

async function actOf(
  request: Request,
  located: Located,
  deps: ProxyDependencies,
  requestId: string,
): Promise<Act> {
  const principal = await deps.authenticate(request.headers);
  if (!principal) throw new Failure("NOT_SIGNED_IN");
  return { principal, membership: membershipOf(principal, located.org), located, requestId };
}

/** Rights first, then the input; what the input names is checked against the rights as well. */
async function permittedInput(request: Request, deps: ProxyDependencies, act: Act): Promise<CallValues> {
  const { located, membership } = act;
  const { operation, params } = located;
  try {
    if (operation.audited) authorise(membership, "traces:leave", null);
    authorise(
      membership,
      operation.permission,
      operation.tenancy === "path" ? (params.workspaceId ?? "") : null,
    );
    return confine(located, await parseInput(located, request), membership);
  } catch (error) {
    const isRefusal = error instanceof Failure && (error.code === "FORBIDDEN" || error.code === "NOT_FOUND");
    if (isRefusal) await recordRefusal(deps, act, error);
    throw error;
  }
}

async function walk(
  request: Request,
  deps: ProxyDependencies,
  act: Act,
  values: CallValues,
): Promise<Answer> {
  const { principal, membership, requestId } = act;
  const connection = await deps.connectionFor(membership.organisationId);
  const context = { principal, membership, connection, requestId, signal: request.signal };
  // `parseInput` has read the body with the walk's own schema.
  const page = await deps.walkIncidents(context, values.body as WalkRequest);
  return { status: 200, data: page, upstreamRequestId: null, unreadableRows: page.coverage.unreadableRows };
}

async function pass(
  request: Request,
  deps: ProxyDependencies,
  act: Act,
  values: CallValues,
): Promise<Answer> {
  const { id, operation } = act.located;
  const { organisationId } = act.membership;
  const connection = await deps.connectionFor(organisationId);
  requireTarget(id, values, connection);
  const owner = {
    callerId: callerIdOf(act.principal),
    organisationId,
    credentialId: connection.credentialId,
  };
  const tokens = new PageTokens(id, owner, deps.tokenKeys, deps.now);
  const opened = tokens.openIn(values);
  const options = { signal: request.signal, requestId: act.requestId, priority: "interactive" as const };
  const send = () => deps.callUpstream(connection, id, opened, options);
  const reply = operation.kind === "mutation" ? await audited(deps, act, values, send) : await send();
  return { ...reply, status: reply.status === 201 ? 201 : 200, data: tokens.sealIn(values, reply.data) };
}

const noNames: OwnNames = new Map();

async function answer(request: Request, deps: ProxyDependencies, requestId: string): Promise<Response> {
  const located = locate(request);
  guard(request, located, deps);
  const act = await actOf(request, located, deps, requestId);
  const values = await permittedInput(request, deps, act);
  // Read while upstream is asked. A name is a comfort: without it upstream's own stands.
  const ownNames = deps.ownNames(act.membership.organisationId).catch(() => noNames);
  const perform = located.id === "incidents.acrossWorkspaces" ? walk : pass;
  const { status, data, upstreamRequestId, unreadableRows } = await perform(request, deps, act, values);
  const body = {
    data: withOwnNames(visiblePart(located.id, data, act.membership.scope), await ownNames),
    meta: { requestId, timestamp: new Date(deps.now()).toISOString(), upstreamRequestId, unreadableRows },
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: answerHeaders(requestId, "application/json"),
  });
}

/** Loaded at the first call, so that a test of this file opens no database. */
async function production(): Promise<ProxyDependencies> {
  return (await import("./production")).productionDependencies;
}

/**
 * The proxy: `/api/<org>/v2/<upstream path>`. In this order: operation of the registry, header and origin checks, session,
 * membership, permission and workspace, input, upstream, page tokens sealed, the part of the reply that the person may see, in which
 * workspaces have the names that people here gave them.
 * A step that refuses ends the call; nothing is sent upstream before all checks have passed.
 *
 * Never throws: every failure is a problem document. A plain function of the Fetch API's types, so that any front door
 * can mount it.
 */
export async function handleUpstreamCall(
  request: Request,
  dependencies?: ProxyDependencies,
): Promise<Response> {
  const requestId = randomUUID();
  try {
    return await answer(request, dependencies ?? (await production()), requestId);
  } catch (error) {
    // The caller has left; nobody reads this. 499 is what front doors log for it.
    if (request.signal.aborted && !(error instanceof Failure)) return new Response(null, { status: 499 });
    const response = problemResponse(error, requestId, dependencies?.log);
    if (error instanceof MethodFailure) response.headers.set("allow", error.allow.join(", "));
    return response;
  }
}
