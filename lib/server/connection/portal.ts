import "server-only";
import type { Principal } from "@/lib/domain/access";
import type { PortalView } from "@/lib/domain/connection";
import { authorise, membershipOf } from "@/lib/server/access";
import { requirePrincipal } from "@/lib/server/auth/session";
import { withOrganisation } from "@/lib/server/db/organisation";
import { connections } from "@/lib/server/db/schema/tenant";
import { answerData, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import type { ConnectionRouteContext } from "./handle";

/** What a test puts in another's place. */
export interface PortalDependencies {
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
}

async function viewPortal(organisationId: string): Promise<PortalView> {
  const [row] = await withOrganisation(organisationId, (tx) =>
    tx.select({ baseUrl: connections.baseUrl }).from(connections),
  );
  // The origin alone: whoever may read gamebooks needs the way to where they are approved, and nothing else of the connection.
  return { origin: row === undefined ? null : new URL(row.baseUrl).origin };
}

/** `GET /api/<org>/portal`. Throws NOT_SIGNED_IN, NOT_FOUND (not the person's organisation), FORBIDDEN, HEADER_REFUSED. */
export const portalView = (deps: PortalDependencies = { requirePrincipal }) =>
  withProblems<ConnectionRouteContext>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const principal = await deps.requirePrincipal(request.headers);
    const membership = membershipOf(principal, (await route.params).org);
    authorise(membership, "gamebooks:read", null);
    return answerData(await viewPortal(membership.organisationId), requestId);
  });
