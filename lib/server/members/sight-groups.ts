import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { invitations, membershipGroups, workspaceGroups } from "@/lib/server/db/schema/platform";
import { env } from "@/lib/server/env";

/** Names of groups that the identity provider's rules give sight by, in this organisation: whoever comes in next may rest on one. */
export function ruledGroupNames(organisationSlug: string): ReadonlySet<string> {
  const rules = env().oidc?.groupRules ?? [];
  return new Set(
    rules.flatMap((rule) =>
      rule.organisationSlug === organisationSlug && rule.workspaceGroup !== null ? [rule.workspaceGroup] : [],
    ),
  );
}

/**
 * Ids of the groups that what somebody sees rests on: a member (also a disabled one), somebody invited, or a rule of the identity
 * provider. Inside `withPlatform`; in a change, after `takeTurn`, so that nobody is limited to a group in between.
 */
export async function sightGroups(
  tx: Tx,
  organisationId: string,
  organisationSlug: string,
): Promise<ReadonlySet<string>> {
  const ruled = ruledGroupNames(organisationSlug);
  const groups = await tx
    .select({ id: workspaceGroups.id, name: workspaceGroups.name })
    .from(workspaceGroups)
    .where(eq(workspaceGroups.organisationId, organisationId));
  const members = await tx
    .selectDistinct({ id: membershipGroups.groupId })
    .from(membershipGroups)
    .where(eq(membershipGroups.organisationId, organisationId));
  const invited = await tx
    .select({ scope: invitations.scope })
    .from(invitations)
    .where(eq(invitations.organisationId, organisationId));
  const scopes = JSON.stringify(invited.map(({ scope }) => scope));
  const held = new Set(members.map(({ id }) => id));
  return new Set(
    groups
      .filter(({ id, name }) => held.has(id) || ruled.has(name) || scopes.includes(id))
      .map(({ id }) => id),
  );
}
