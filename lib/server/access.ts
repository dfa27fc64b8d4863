import "server-only";
import {
  decideAccess,
  type AnyPermission,
  type Caller,
  type Membership,
  type Principal,
  type Standing,
} from "@/lib/domain/access";
import { Failure } from "@/lib/errors";

/**
 * The membership that a person holds in the organisation of the address; of a display, its standing there.
 * A foreign organisation and one that does not exist throw the very same `NOT_FOUND`: a guess tells nothing.
 */
export function membershipOf(caller: Principal, orgSlug: string): Membership;
export function membershipOf(caller: Caller, orgSlug: string): Standing;
export function membershipOf(caller: Caller, orgSlug: string): Standing {
  const held: readonly Standing[] = caller.memberships;
  const membership = held.find((candidate) => candidate.organisationSlug === orgSlug);
  if (!membership) throw new Failure("NOT_FOUND");
  return membership;
}

/**
 * The throwing form of `decideAccess`.
 * Throws `FORBIDDEN` when the role does not hold the permission, and `NOT_FOUND` (the same as for an unknown workspace)
 * when the workspace is not the person's to see. `workspaceId` is null for a call that concerns no single workspace.
 */
export function authorise(standing: Standing, permission: AnyPermission, workspaceId: string | null): void {
  const decision = decideAccess(standing, permission, workspaceId);
  if (decision.allowed) return;
  throw new Failure(decision.reason === "permission" ? "FORBIDDEN" : "NOT_FOUND");
}
