import "server-only";
import { z } from "zod";
import type { Principal } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { requirePrincipal } from "@/lib/server/auth/session";
import { connectionFor, type UpstreamConnection } from "@/lib/server/connection/connection";
import { answerData, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import { parseSearch } from "@/lib/server/search-input";
import { productionReader } from "./production";
import type { DataSourceReader, ReadingContext, RefreshOptions } from "./reader";
import { type Viewer, viewAnomalies, viewAnomaly, viewConnectors } from "./view";

interface OrganisationRoute {
  readonly params: Promise<{ readonly org: string }>;
}

interface ItemRoute {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

/** What a test puts in another's place. */
export interface DataSourceDependencies {
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  readonly connectionFor: (organisationId: string) => Promise<UpstreamConnection>;
  readonly reader: () => DataSourceReader;
  readonly now: () => number;
}

const production: DataSourceDependencies = {
  requirePrincipal,
  connectionFor,
  reader: productionReader,
  now: Date.now,
};

/** `fresh=1`: somebody asked for it by hand, and what is a few seconds old is read again. */
const fresh = z.literal("1").optional();
const workspace = z.guid().toLowerCase();
const anomaliesQuery = z.strictObject({ workspace: workspace.optional(), fresh });
const connectorsQuery = z.strictObject({
  workspaceIds: z.array(workspace).min(1).max(2_000).optional(),
  fresh,
});

/** Who asks, with the right to read data sources; of this workspace, when one is named. */
async function membershipFor(request: Request, org: string, deps: DataSourceDependencies) {
  refuseHeaders(request.headers);
  const principal = await deps.requirePrincipal(request.headers);
  const membership = membershipOf(principal, org);
  authorise(membership, "datasources:read", null);
  return membership;
}

async function readingContext(
  request: Request,
  membership: ReadingContext["membership"],
  requestId: string,
  deps: DataSourceDependencies,
): Promise<ReadingContext> {
  const connection = await deps.connectionFor(membership.organisationId);
  return { membership, connection, requestId, signal: request.signal };
}

function viewerOf({ organisationId, scope }: ReadingContext["membership"], nowMs: number): Viewer {
  return { organisationId, scope, nowMs };
}

/**
 * `GET /api/<org>/data-sources/anomalies`: what is or was unusual about connectors, with our own history. `workspace` narrows to one.
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND, FORBIDDEN, INVALID_INPUT, NO_CONNECTION, STORE_UNAVAILABLE; UPSTREAM_* while
 *   nothing was ever read
 */
export const anomaliesView = (deps: DataSourceDependencies = production) =>
  withProblems<OrganisationRoute>(async (request, route, requestId) => {
    const membership = await membershipFor(request, (await route.params).org, deps);
    const query = parseSearch(anomaliesQuery, request);
    if (query.workspace) authorise(membership, "datasources:read", query.workspace);
    const context = await readingContext(request, membership, requestId, deps);
    const options: RefreshOptions = { isByHand: query.fresh === "1" };
    const error = await deps.reader().anomalies(context, options);
    // Whether a workspace that no reply names answers at all is seen from its connectors.
    await deps.reader().connectors(context, { isByHand: false });
    const viewer = viewerOf(membership, deps.now());
    const view = await viewAnomalies(viewer, { workspaceId: query.workspace ?? null, error });
    return answerData(view, requestId);
  });

/** `GET /api/<org>/data-sources/anomalies/<id>`: one of them with what upstream sent. Reads nothing upstream. */
export const anomalyView = (deps: DataSourceDependencies = production) =>
  withProblems<ItemRoute>(async (request, route, requestId) => {
    const { org, id } = await route.params;
    const membership = await membershipFor(request, org, deps);
    if (!z.uuid().safeParse(id).success) throw new Failure("NOT_FOUND");
    return answerData(await viewAnomaly(viewerOf(membership, deps.now()), id.toLowerCase()), requestId);
  });

/**
 * `GET /api/<org>/data-sources/connectors`: connectors of every workspace, or of those named by `workspaceIds` (repeated).
 * Workspaces that are not the person's are left out; when none is theirs, NOT_FOUND, the same as for some that do not exist.
 */
export const connectorsView = (deps: DataSourceDependencies = production) =>
  withProblems<OrganisationRoute>(async (request, route, requestId) => {
    const membership = await membershipFor(request, (await route.params).org, deps);
    const query = parseSearch(connectorsQuery, request, ["workspaceIds"]);
    const { scope } = membership;
    const named = query.workspaceIds && [...new Set(query.workspaceIds)];
    const workspaceIds = scope.kind === "all" ? named : named?.filter((id) => scope.ids.has(id));
    if (workspaceIds?.length === 0) throw new Failure("NOT_FOUND");
    const context = await readingContext(request, membership, requestId, deps);
    const options: RefreshOptions = { isByHand: query.fresh === "1", workspaceIds };
    const error = await deps.reader().connectors(context, options);
    const view = await viewConnectors(viewerOf(membership, deps.now()), {
      workspaceIds: workspaceIds ?? null,
      error,
    });
    return answerData(view, requestId);
  });
