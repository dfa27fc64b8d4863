import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Role } from "@/lib/domain/access";
import { makesAdmin, type MemberScope } from "@/lib/domain/members";
import { Failure } from "@/lib/errors";
import { confirmPerson } from "@/lib/server/auth/confirm";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships, people } from "@/lib/server/db/schema/platform";
import { change, type MembersContext, requireGroups } from "./context";
import type { MemberInput } from "./input";
import { type MembershipKey, writeScopeRows } from "./scope";
import { readMemberScopes } from "./view";

interface Stored {
  readonly role: Role;
  readonly scope: MemberScope;
  readonly isDisabled: boolean;
}

const ofMembership = ({ personId, organisationId }: MembershipKey) =>
  and(eq(memberships.personId, personId), eq(memberships.organisationId, organisationId));

/** Throws `NOT_FOUND` for who is no member, whether or not such a person exists. */
async function readStored(tx: Tx, key: MembershipKey): Promise<Stored> {
  const [row] = await tx.select().from(memberships).where(ofMembership(key));
  if (!row) throw new Failure("NOT_FOUND");
  const scopes = await readMemberScopes(tx, key.organisationId);
  return { role: row.role, scope: scopes(row), isDisabled: row.disabledAt !== null };
}

/** Somebody must be left who can manage the organisation: throws `CONFLICT` after a change that leaves nobody, which undoes it. */
export async function requireAdmin(tx: Tx, organisationId: string): Promise<void> {
  const [row] = await tx
    .select({ id: people.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        eq(memberships.role, "admin"),
        eq(memberships.scope, "all"),
        isNull(memberships.disabledAt),
        isNull(people.disabledAt),
      ),
    )
    .limit(1);
  if (!row)
    throw new Failure("CONFLICT", {
      detail:
        "This is the last administrator who sees all workspaces. Make another one first; nothing was changed.",
    });
}

/** Asks for the acting person's password when the change makes an administrator. Returns whether it did. */
async function proveWhereNeeded(
  { principal, membership, address }: MembersContext,
  personId: string,
  input: MemberInput,
  password: string | undefined,
): Promise<boolean> {
  const { organisationId } = membership;
  const before = await withPlatform((tx) => readStored(tx, { personId, organisationId }));
  const isNeeded = makesAdmin(before, input);
  if (isNeeded) await confirmPerson(principal, password, address);
  return isNeeded;
}

/**
 * Brings a membership to this role, scope and state. Acts on calls and pages within the two seconds that a principal is kept.
 * `password` is the acting person's own, asked for when somebody is made an administrator.
 * @throws Failure NOT_FOUND (no member), INVALID_INPUT (a group that is gone, no proof), TOO_MANY_ATTEMPTS, CONFLICT (nobody would be left
 * to manage)
 */
export async function changeMember(
  context: MembersContext,
  personId: string,
  input: MemberInput,
  password: string | undefined,
): Promise<void> {
  // Before the transaction: checking a password takes a tenth of a second, and the embedded store has one transaction at a time.
  const isProven = await proveWhereNeeded(context, personId, input, password);
  return change(context, async (tx, organisationId) => {
    const key = { personId, organisationId };
    const before = await readStored(tx, key);
    if (!isProven && makesAdmin(before, input))
      throw new Failure("CONFLICT", {
        detail: "This person's role has changed meanwhile. Look at it again; nothing was changed.",
      });
    await requireGroups(tx, organisationId, input.scope);
    await tx
      .update(memberships)
      .set({
        role: input.role,
        scope: input.scope.kind,
        ...(input.isDisabled !== before.isDisabled && { disabledAt: input.isDisabled ? new Date() : null }),
      })
      .where(ofMembership(key));
    await writeScopeRows(tx, key, input.scope);
    await requireAdmin(tx, organisationId);
    const action =
      input.isDisabled === before.isDisabled
        ? "member.change"
        : input.isDisabled
          ? "member.disable"
          : "member.enable";
    return { result: undefined, action, detail: { member: personId, from: before, to: input } };
  });
}

/**
 * Takes a person out of the organisation. The account stays; it may belong to others too.
 * @throws Failure NOT_FOUND, CONFLICT
 */
export function removeMember(context: MembersContext, personId: string): Promise<void> {
  return change(context, async (tx, organisationId) => {
    const key = { personId, organisationId };
    const before = await readStored(tx, key);
    await tx.delete(memberships).where(ofMembership(key));
    await requireAdmin(tx, organisationId);
    return { result: undefined, action: "member.remove", detail: { member: personId, from: before } };
  });
}
