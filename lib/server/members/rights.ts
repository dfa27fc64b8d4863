import "server-only";
import { rolePermissions } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise } from "@/lib/server/access";
import type { MembersContext } from "./context";

type Who = Pick<MembersContext, "membership">;

/**
 * The right to manage people. Only an administrator of all workspaces has it: one who is limited to some could otherwise hand out, or take
 * for themselves, sight of the others. Throws `FORBIDDEN`.
 */
export function requireManager({ membership }: Who): void {
  authorise(membership, "members:manage", null);
  if (membership.scope.kind !== "all")
    throw new Failure("FORBIDDEN", {
      detail: "Only an administrator who sees all workspaces of the organisation can manage its people.",
    });
}

/** Whether somebody may change what people see. */
export const managesPeople = ({ membership }: Who) =>
  rolePermissions[membership.role].has("members:manage") && membership.scope.kind === "all";

/**
 * The right to make, rename and delete workspace groups: of managers who see all workspaces, because names are told apart over all groups.
 * A group that sight rests on asks for `requireSightRight` beside. Throws `FORBIDDEN`.
 */
export function requireGroupKeeper({ membership }: Who): void {
  authorise(membership, "workspaces:manage", null);
  if (membership.scope.kind !== "all")
    throw new Failure("FORBIDDEN", {
      detail: "Only who sees all workspaces of the organisation can make, rename and delete groups.",
    });
}

/** For a change of a group that somebody's sight rests on: it is a change of rights. Throws `FORBIDDEN`. */
export function requireSightRight(who: Who, group: string): void {
  if (!managesPeople(who))
    throw new Failure("FORBIDDEN", {
      detail: `What people see rests on the group ${group}: only an administrator who sees all workspaces can change it. Nothing was changed.`,
    });
}
