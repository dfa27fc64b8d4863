import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import { type Grant, grantOf, type GroupRule } from "@/lib/domain/group-rules";
import type { MemberScope } from "@/lib/domain/members";
import type { Tx } from "@/lib/server/db/database";
import {
  membershipGroups,
  memberships,
  organisations,
  workspaceGroups,
} from "@/lib/server/db/schema/platform";
import { takeTurn } from "@/lib/server/members/context";
import { requireAdmin } from "@/lib/server/members/manage";
import { type MembershipKey, writeScopeRows } from "@/lib/server/members/scope";

/** A membership that the provider's groups have brought in line, for the organisation's audit. */
export interface GroupChange {
  readonly organisationId: string;
  readonly action: "member.from-groups" | "member.remove";
  readonly detail: Record<string, unknown>;
}

/** The scope that the names stand for. A name that the organisation does not have gives nothing. */
async function scopeOf(
  tx: Tx,
  organisationId: string,
  names: Grant["workspaceGroups"],
): Promise<MemberScope> {
  if (names === null) return { kind: "all" };
  const rows = await tx
    .select({ id: workspaceGroups.id })
    .from(workspaceGroups)
    .where(
      and(eq(workspaceGroups.organisationId, organisationId), inArray(workspaceGroups.name, [...names])),
    );
  return { kind: "groups", groupIds: rows.map(({ id }) => id) };
}

/** Whether a membership has exactly this scope already. */
async function hasScope(tx: Tx, key: MembershipKey, scope: MemberScope): Promise<boolean> {
  if (scope.kind !== "groups") return true;
  const rows = await tx
    .select({ id: membershipGroups.groupId })
    .from(membershipGroups)
    .where(
      and(
        eq(membershipGroups.personId, key.personId),
        eq(membershipGroups.organisationId, key.organisationId),
      ),
    );
  const ids = new Set(rows.map(({ id }) => id));
  return ids.size === scope.groupIds.length && scope.groupIds.every((id) => ids.has(id));
}

async function applyGrant(tx: Tx, key: MembershipKey, grant: Grant | null): Promise<GroupChange | null> {
  const { personId, organisationId } = key;
  await takeTurn(tx, organisationId);
  const own = and(eq(memberships.personId, personId), eq(memberships.organisationId, organisationId));
  const [before] = await tx.select().from(memberships).where(own);
  if (grant === null) {
    if (!before) return null;
    await tx.delete(memberships).where(own);
    if (before.role === "admin") await requireAdmin(tx, organisationId);
    return { organisationId, action: "member.remove", detail: { member: personId, by: "groups" } };
  }
  const scope = await scopeOf(tx, organisationId, grant.workspaceGroups);
  const values = { role: grant.role, scope: scope.kind };
  const isSame =
    before?.role === grant.role && before.scope === scope.kind && (await hasScope(tx, key, scope));
  if (isSame) return null;
  // Who was disabled in the organisation stays so: `disabledAt` is not the provider's.
  await tx
    .insert(memberships)
    .values({ ...key, ...values })
    .onConflictDoUpdate({ target: [memberships.personId, memberships.organisationId], set: values });
  await writeScopeRows(tx, key, scope);
  if (before?.role === "admin") await requireAdmin(tx, organisationId);
  const detail = { member: personId, role: grant.role, scope };
  return { organisationId, action: "member.from-groups", detail };
}

/**
 * Brings a person's memberships of the organisations that the rules name to what the groups give: made, changed or taken away. Other
 * organisations are not touched. Runs inside `withPlatform`.
 * @throws Failure CONFLICT when nobody would be left to manage an organisation
 */
export async function applyGroups(
  tx: Tx,
  personId: string,
  rules: readonly GroupRule[],
  groups: readonly string[],
): Promise<readonly GroupChange[]> {
  const slugs = [...new Set(rules.map((rule) => rule.organisationSlug))];
  // In the order of ids, as everywhere: two transactions never wait for each other.
  const named = await tx
    .select({ id: organisations.id, slug: organisations.slug })
    .from(organisations)
    .where(inArray(organisations.slug, slugs))
    .orderBy(asc(organisations.id));
  const changes: GroupChange[] = [];
  for (const { id, slug } of named) {
    const key = { personId, organisationId: id };
    const changed = await applyGrant(tx, key, grantOf(rules, slug, groups));
    if (changed) changes.push(changed);
  }
  return changes;
}
