import "server-only";
import { and, eq, ne } from "drizzle-orm";
import type { AnyPermission } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import {
  invitations,
  membershipGroups,
  people,
  workspaceGroups,
  workspaceGroupWorkspaces,
} from "@/lib/server/db/schema/platform";
import { change, type MembersContext } from "./context";
import type { GroupChangeInput, GroupInput } from "./input";
import { requireSightRight } from "./rights";
import { ruledGroupNames, sightGroups } from "./sight-groups";

const ofGroup = (organisationId: string, id: string) =>
  and(eq(workspaceGroups.organisationId, organisationId), eq(workspaceGroups.id, id));

async function requireFreeName(tx: Tx, organisationId: string, name: string, ownId?: string): Promise<void> {
  const [taken] = await tx
    .select({ id: workspaceGroups.id })
    .from(workspaceGroups)
    .where(
      and(
        eq(workspaceGroups.organisationId, organisationId),
        eq(workspaceGroups.name, name),
        ...(ownId === undefined ? [] : [ne(workspaceGroups.id, ownId)]),
      ),
    );
  if (taken) throw new Failure("INVALID_INPUT", { errors: { name: ["Another group has this name."] } });
}

async function fill(tx: Tx, organisationId: string, groupId: string, ids: readonly string[]): Promise<void> {
  await tx.delete(workspaceGroupWorkspaces).where(eq(workspaceGroupWorkspaces.groupId, groupId));
  await tx
    .insert(workspaceGroupWorkspaces)
    .values([...new Set(ids)].map((workspaceId) => ({ organisationId, groupId, workspaceId })));
}

/** What a change of a group rests on: the right to manage people where somebody's sight rests on the group, before or after. */
async function rightOver(
  context: MembersContext,
  tx: Tx,
  group: { readonly id: string | null; readonly names: readonly string[] },
): Promise<AnyPermission> {
  const { organisationId, organisationSlug } = context.membership;
  const ruled = ruledGroupNames(organisationSlug);
  const inUse = group.id !== null && (await sightGroups(tx, organisationId, organisationSlug)).has(group.id);
  if (!inUse && !group.names.some((name) => ruled.has(name))) return "workspaces:manage";
  requireSightRight(context, group.names[0] ?? "");
  return "members:manage";
}

/** Makes a workspace group; throws `INVALID_INPUT` when the name is taken, `FORBIDDEN`. */
export function addGroup(context: MembersContext, input: GroupInput): Promise<{ readonly id: string }> {
  return change(context, async (tx, organisationId) => {
    const permission = await rightOver(context, tx, { id: null, names: [input.name] });
    await requireFreeName(tx, organisationId, input.name);
    const [row] = await tx
      .insert(workspaceGroups)
      .values({ organisationId, name: input.name })
      .returning({ id: workspaceGroups.id });
    if (!row) throw new Error("The group was not written.");
    await fill(tx, organisationId, row.id, input.workspaceIds);
    return { result: row, permission, action: "workspace-group.add", detail: { group: row.id, ...input } };
  });
}

/** Gives a group this name and, where they are given, these workspaces; what its people see follows at once. Throws `NOT_FOUND`, `FORBIDDEN`, `INVALID_INPUT`. */
export function changeGroup(context: MembersContext, id: string, input: GroupChangeInput): Promise<void> {
  return change(context, async (tx, organisationId) => {
    const [row] = await tx.select().from(workspaceGroups).where(ofGroup(organisationId, id));
    if (!row) throw new Failure("NOT_FOUND");
    const permission = await rightOver(context, tx, { id, names: [row.name, input.name] });
    await requireFreeName(tx, organisationId, input.name, id);
    await tx.update(workspaceGroups).set({ name: input.name }).where(ofGroup(organisationId, id));
    if (input.workspaceIds) await fill(tx, organisationId, id, input.workspaceIds);
    const detail = { group: id, ...input };
    return { result: undefined, permission, action: "workspace-group.change", detail };
  });
}

/** Deletes a group that nobody's sight rests on; throws `CONFLICT` naming who does, `NOT_FOUND`, `FORBIDDEN`. */
export function removeGroup(context: MembersContext, id: string): Promise<void> {
  return change(context, async (tx, organisationId) => {
    const [row] = await tx.select().from(workspaceGroups).where(ofGroup(organisationId, id));
    if (!row) throw new Failure("NOT_FOUND");
    const permission = await rightOver(context, tx, { id, names: [row.name] });
    const members = await tx
      .select({ name: people.name })
      .from(membershipGroups)
      .innerJoin(people, eq(people.id, membershipGroups.personId))
      .where(and(eq(membershipGroups.groupId, id), eq(membershipGroups.organisationId, organisationId)));
    const invited = await tx
      .select({ name: invitations.email, scope: invitations.scope })
      .from(invitations)
      .where(eq(invitations.organisationId, organisationId));
    const users = [...members, ...invited.filter(({ scope }) => JSON.stringify(scope).includes(id))];
    if (users.length > 0)
      throw new Failure("CONFLICT", {
        detail: `What these people see rests on the group ${row.name}: ${users.map(({ name }) => name).join(", ")}. Nothing was deleted.`,
      });
    await tx.delete(workspaceGroups).where(ofGroup(organisationId, id));
    const detail = { group: id, name: row.name };
    return { result: undefined, permission, action: "workspace-group.remove", detail };
  });
}
