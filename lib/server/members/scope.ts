import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { MemberScope } from "@/lib/domain/members";
import type { Tx } from "@/lib/server/db/database";
import { membershipGroups, membershipWorkspaces, workspaceGroups } from "@/lib/server/db/schema/platform";

export interface MembershipKey {
  readonly personId: string;
  readonly organisationId: string;
}

/** Those of these groups that the organisation has. */
export async function existingGroups(
  tx: Tx,
  organisationId: string,
  groupIds: readonly string[],
): Promise<readonly string[]> {
  if (groupIds.length === 0) return [];
  const rows = await tx
    .select({ id: workspaceGroups.id })
    .from(workspaceGroups)
    .where(
      and(eq(workspaceGroups.organisationId, organisationId), inArray(workspaceGroups.id, [...groupIds])),
    );
  return rows.map(({ id }) => id);
}

/** Brings the rows under a membership to exactly this scope; its own row says which kind counts. Runs inside `withPlatform`. */
export async function writeScopeRows(tx: Tx, key: MembershipKey, scope: MemberScope): Promise<void> {
  const { personId, organisationId } = key;
  for (const table of [membershipWorkspaces, membershipGroups])
    await tx.delete(table).where(and(eq(table.personId, personId), eq(table.organisationId, organisationId)));
  if (scope.kind === "list" && scope.workspaceIds.length > 0)
    await tx
      .insert(membershipWorkspaces)
      .values(scope.workspaceIds.map((id) => ({ ...key, workspaceId: id.toLowerCase() })))
      .onConflictDoNothing();
  if (scope.kind === "groups" && scope.groupIds.length > 0)
    await tx
      .insert(membershipGroups)
      .values(scope.groupIds.map((groupId) => ({ ...key, groupId })))
      .onConflictDoNothing();
}
