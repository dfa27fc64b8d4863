import "server-only";
import { decideAccess, type AnyPermission, type Membership, type Principal } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";

/**
 * The membership that a person holds in the organisation of the address.
 * A foreign organisation and one that does not exist throw the very same `NOT_FOUND`: a guess tells nothing.
 */
export function membershipOf(principal: Principal, orgSlug: string): Membership {
  const membership = principal.memberships.find((candidate) => candidate.organisationSlug === orgSlug);
  if (!membership) throw new Failure("NOT_FOUND");
  return membership;
}

/**
 * The throwing form of `decideAccess`.
 * Throws `FORBIDDEN` when the role does not hold the permission, and `NOT_FOUND` (the same as for an unknown workspace)
 * when the workspace is not the person's to see. `workspaceId` is null for a call that concerns no single workspace.
 */
export function authorise(
  membership: Membership,
  permission: AnyPermission,
  workspaceId: string | null,
): void {
  const decision = decideAccess(membership, permission, workspaceId);
  if (decision.allowed) return;
  throw new Failure(decision.reason === "permission" ? "FORBIDDEN" : "NOT_FOUND");
}
