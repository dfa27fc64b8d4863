import "server-only";
import { asc, eq, max } from "drizzle-orm";
import type { MemberScope, MembersView } from "@/lib/domain/members";
import { confirmationOf } from "@/lib/server/auth/confirm";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import {
  invitations,
  membershipGroups,
  memberships,
  membershipWorkspaces,
  people,
  sessions,
  workspaceGroups,
  workspaceGroupWorkspaces,
} from "@/lib/server/db/schema/platform";
import type { MembersContext } from "./context";

/** Reads what all memberships of an organisation are limited to; gives a function from a membership's row to its scope. */
export async function readMemberScopes(tx: Tx, organisationId: string) {
  const listed = await tx
    .select()
    .from(membershipWorkspaces)
    .where(eq(membershipWorkspaces.organisationId, organisationId))
    .orderBy(asc(membershipWorkspaces.workspaceId));
  const grouped = await tx
    .select()
    .from(membershipGroups)
    .where(eq(membershipGroups.organisationId, organisationId))
    .orderBy(asc(membershipGroups.groupId));
  return ({
    personId,
    scope,
  }: {
    readonly personId: string;
    readonly scope: MemberScope["kind"];
  }): MemberScope => {
    const isOwn = (row: { readonly personId: string }) => row.personId === personId;
    if (scope === "all") return { kind: "all" };
    if (scope === "groups")
      return { kind: "groups", groupIds: grouped.filter(isOwn).map(({ groupId }) => groupId) };
    return { kind: "list", workspaceIds: listed.filter(isOwn).map(({ workspaceId }) => workspaceId) };
  };
}

async function readMembers(tx: Tx, organisationId: string, ownId: string): Promise<MembersView["members"]> {
  const rows = await tx
    .select({
      personId: people.id,
      name: people.name,
      email: people.email,
      role: memberships.role,
      scope: memberships.scope,
      disabledAt: memberships.disabledAt,
      lastSeenAt: max(sessions.lastSeenAt),
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .leftJoin(sessions, eq(sessions.personId, people.id))
    .where(eq(memberships.organisationId, organisationId))
    .groupBy(people.id, memberships.personId, memberships.organisationId)
    .orderBy(asc(people.name), asc(people.email));
  const scopeOf = await readMemberScopes(tx, organisationId);
  return rows.map((row) => ({
    personId: row.personId,
    name: row.name,
    email: row.email,
    role: row.role,
    scope: scopeOf(row),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    isYou: row.personId === ownId,
  }));
}

async function readInvitations(tx: Tx, organisationId: string): Promise<MembersView["invitations"]> {
  const rows = await tx
    .select({ invitation: invitations, invitedBy: people.name })
    .from(invitations)
    .leftJoin(people, eq(people.id, invitations.invitedBy))
    .where(eq(invitations.organisationId, organisationId))
    .orderBy(asc(invitations.email));
  return rows.map(({ invitation: { id, email, role, scope, expiresAt }, invitedBy }) => ({
    id,
    email,
    role,
    // Written by `invite` from checked input, and by nothing else.
    scope: scope as MemberScope,
    invitedBy,
    expiresAt: expiresAt.toISOString(),
  }));
}

async function readGroups(tx: Tx, organisationId: string): Promise<MembersView["groups"]> {
  const groups = await tx
    .select({ id: workspaceGroups.id, name: workspaceGroups.name })
    .from(workspaceGroups)
    .where(eq(workspaceGroups.organisationId, organisationId))
    .orderBy(asc(workspaceGroups.name));
  const rows = await tx
    .select()
    .from(workspaceGroupWorkspaces)
    .where(eq(workspaceGroupWorkspaces.organisationId, organisationId))
    .orderBy(asc(workspaceGroupWorkspaces.workspaceId));
  return groups.map((group) => ({
    ...group,
    workspaceIds: rows.filter((row) => row.groupId === group.id).map(({ workspaceId }) => workspaceId),
  }));
}

/** The whole page's data. */
export async function viewMembers({ principal, membership }: MembersContext): Promise<MembersView> {
  const { organisationId } = membership;
  const confirmBy = await confirmationOf(principal);
  return withPlatform(async (tx) => ({
    members: await readMembers(tx, organisationId, principal.personId),
    invitations: await readInvitations(tx, organisationId),
    groups: await readGroups(tx, organisationId),
    confirmBy,
  }));
}
