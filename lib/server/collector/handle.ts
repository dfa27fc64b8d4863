import "server-only";
import type { Principal } from "@/lib/domain/access";
import { authorise, membershipOf } from "@/lib/server/access";
import { requirePrincipal } from "@/lib/server/auth/session";
import { withOrganisation } from "@/lib/server/db/organisation";
import { env } from "@/lib/server/env";
import { answerData, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import { collectorState } from "./view";

interface OrganisationRoute {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface CollectorDependencies {
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  readonly everySeconds: () => number;
}

const production: CollectorDependencies = {
  requirePrincipal,
  everySeconds: () => env().collectEverySeconds,
};

/** `GET /api/<org>/collector`: for everybody whose lists rest on it. */
export const collectorView = (deps: CollectorDependencies = production) =>
  withProblems<OrganisationRoute>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const membership = membershipOf(await deps.requirePrincipal(request.headers), (await route.params).org);
    authorise(membership, "incidents:read", null);
    const state = await withOrganisation(membership.organisationId, (tx) =>
      collectorState(tx, deps.everySeconds()),
    );
    return answerData(state, requestId);
  });
