import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import { coversWorkspace, rolePermissions } from "@/lib/domain/access";
import type { GroupProfile, SetChange } from "@/lib/domain/workspace-profile";
import { Failure } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { workspaceGroups, workspaceGroupWorkspaces } from "@/lib/server/db/schema/platform";
import { takeTurn } from "@/lib/server/members/context";
import { managesPeople, requireSightRight } from "@/lib/server/members/rights";
import { sightGroups } from "@/lib/server/members/sight-groups";
import type { ProfilesReader } from "./context";

/** Groups as somebody may know of them. */
export interface SeenGroups {
  readonly groups: readonly GroupProfile[];
  /** Ids of a workspace's groups, of those above. */
  readonly groupsOf: (workspaceId: string) => readonly string[];
}

/**
 * The groups that a person may know of, by name: all of them, or those that hold a workspace of theirs. The name of another one may be a
 * customer's. Inside `withPlatform`.
 */
export async function readGroups(tx: Tx, reader: ProfilesReader): Promise<SeenGroups> {
  const { organisationId, organisationSlug, scope, role } = reader.membership;
  const rows = await tx
    .select()
    .from(workspaceGroups)
    .where(eq(workspaceGroups.organisationId, organisationId))
    .orderBy(asc(workspaceGroups.name));
  const held = (
    await tx
      .select()
      .from(workspaceGroupWorkspaces)
      .where(eq(workspaceGroupWorkspaces.organisationId, organisationId))
  ).filter(({ workspaceId }) => coversWorkspace(scope, workspaceId));
  const known = new Set(held.map(({ groupId }) => groupId));
  const inUse = await sightGroups(tx, organisationId, organisationSlug);
  const isManager = rolePermissions[role].has("workspaces:manage");
  const groups = rows
    .filter(({ id }) => scope.kind === "all" || known.has(id))
    .map(({ id, name }) => ({
      id,
      name,
      // Whose sight rests on what is nobody's business but theirs who could change it.
      isForSight: isManager && inUse.has(id),
      mayChange: isManager && (!inUse.has(id) || managesPeople(reader)),
    }));
  const byWorkspace = new Map<string, string[]>();
  for (const { groupId, workspaceId } of held)
    byWorkspace.set(workspaceId, [...(byWorkspace.get(workspaceId) ?? []), groupId]);
  return { groups, groupsOf: (id) => (byWorkspace.get(id) ?? []).sort() };
}

/** What became of the groups of one workspace, by their names. */
export interface GroupsChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface GroupsDone {
  /** By workspace id; one whose groups stayed as they were is not in it. */
  readonly changes: ReadonlyMap<string, GroupsChanged>;
  /** A group was among them that somebody's sight rests on. */
  readonly changesSight: boolean;
}

/**
 * Puts workspaces into groups and takes them out. What people see rests on some groups: those are changed only by who manages people,
 * and nobody is limited to one in between, because both take the same turn. Inside `withPlatform`.
 * @throws Failure INVALID_INPUT for a group that is not there or not the person's to know, FORBIDDEN
 */
export async function changeGroups(
  tx: Tx,
  reader: ProfilesReader,
  workspaceIds: readonly string[],
  { add, remove }: SetChange,
): Promise<GroupsDone> {
  const { organisationId } = reader.membership;
  await takeTurn(tx, organisationId);
  const seen = new Map((await readGroups(tx, reader)).groups.map((group) => [group.id, group]));
  const asked = [...new Set([...remove, ...add])].map((id) => {
    const group = seen.get(id);
    if (!group)
      throw new Failure("INVALID_INPUT", { errors: { groups: ["This group is gone; choose another."] } });
    if (group.isForSight) requireSightRight(reader, group.name);
    return group;
  });
  const changes = new Map<string, { added: string[]; removed: string[] }>();
  const note = (workspaceId: string, what: "added" | "removed", name: string) => {
    const own = changes.get(workspaceId) ?? { added: [], removed: [] };
    own[what].push(name);
    changes.set(workspaceId, own);
  };
  const wanted = new Set(add);
  for (const { id: groupId, name } of asked) {
    const own = and(
      eq(workspaceGroupWorkspaces.organisationId, organisationId),
      eq(workspaceGroupWorkspaces.groupId, groupId),
      inArray(workspaceGroupWorkspaces.workspaceId, [...workspaceIds]),
    );
    const rows = wanted.has(groupId)
      ? await tx
          .insert(workspaceGroupWorkspaces)
          .values(workspaceIds.map((workspaceId) => ({ organisationId, groupId, workspaceId })))
          .onConflictDoNothing()
          .returning()
      : await tx.delete(workspaceGroupWorkspaces).where(own).returning();
    for (const { workspaceId } of rows) note(workspaceId, wanted.has(groupId) ? "added" : "removed", name);
  }
  return { changes, changesSight: changes.size > 0 && asked.some(({ isForSight }) => isForSight) };
}
