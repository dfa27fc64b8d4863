import "server-only";
import type { OperationId } from "@/lib/contract";
import type { Membership, Principal } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { ProxyDependencies } from "@/lib/server/proxy/dependencies";
import { visiblePart } from "@/lib/server/proxy/row-filters";
import type { CallInput, CallOptions, UpstreamReply } from "@/lib/server/upstream/call";
import type { CallValues } from "@/lib/server/upstream/outgoing";

/** The proxy's own parts: the desk calls upstream by the same way, with the same rights and filters. */
export type DeskDependencies = ProxyDependencies;

/** Who asks, where, in which call. The permission of the route has been checked. */
export interface DeskContext {
  readonly deps: DeskDependencies;
  readonly principal: Principal;
  readonly membership: Membership;
  readonly connection: UpstreamConnection;
  readonly requestId: string;
}

/**
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND (not the person's organisation), FORBIDDEN, NO_CONNECTION, STORE_UNAVAILABLE
 */
export async function deskContext(
  request: Request,
  org: string,
  requestId: string,
  permission: "webhooks:read" | "webhooks:manage",
  deps: DeskDependencies,
): Promise<DeskContext> {
  const principal = await deps.authenticate(request.headers);
  if (!principal) throw new Failure("NOT_SIGNED_IN");
  // A display has no right here, and its acts would be nobody's.
  if (principal.personId === null) throw new Failure("FORBIDDEN");
  const membership = membershipOf(principal, org);
  authorise(membership, permission, null);
  const connection = await deps.connectionFor(membership.organisationId);
  return { deps, principal, membership, connection, requestId };
}

/** A read as upstream answers it, joined with equal ones under way. Whoever shows it to a person filters it for them (`visiblePart`). */
export async function readUpstream<Id extends OperationId>(
  { deps, connection, requestId }: Pick<DeskContext, "deps" | "connection" | "requestId">,
  id: Id,
  input: CallInput<Id>,
  options: Omit<CallOptions, "requestId"> = {},
): Promise<UpstreamReply<Id>> {
  const values: CallValues = {
    params: input.params as CallValues["params"],
    query: input.query as CallValues["query"],
    body: input.body,
  };
  // The client parsed the reply with this very operation's schema.
  return (await deps.callUpstream(connection, id, values, { ...options, requestId })) as UpstreamReply<Id>;
}

/** The same, with only the rows that the person may see. */
export async function readVisible<Id extends OperationId>(
  context: DeskContext,
  id: Id,
  input: CallInput<Id>,
  options: Omit<CallOptions, "requestId"> = {},
): Promise<UpstreamReply<Id>> {
  const reply = await readUpstream(context, id, input, options);
  // `visiblePart` keeps the shape of what it is given.
  return { ...reply, data: visiblePart(id, reply.data, context.membership.scope) } as UpstreamReply<Id>;
}
