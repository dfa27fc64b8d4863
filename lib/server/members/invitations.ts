import "server-only";
import { and, eq, gt } from "drizzle-orm";
import type { Principal } from "@/lib/domain/access";
import {
  type InvitationLook,
  invitationMs,
  makesAdmin,
  type MemberScope,
  type NewInvitation,
} from "@/lib/domain/members";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import { confirmPerson } from "@/lib/server/auth/confirm";
import { hashPassword } from "@/lib/server/auth/password";
import { newToken, tokenHash } from "@/lib/server/auth/token";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { acrossRoles } from "@/lib/server/db/roles";
import { invitations, memberships, organisations, people } from "@/lib/server/db/schema/platform";
import { change, type MembersContext, requireGroups, takeTurn } from "./context";
import type { AcceptInput, InvitationInput } from "./input";
import { existingGroups, writeScopeRows } from "./scope";

/**
 * Writes an invitation, in the place of an earlier one of the same address. `invitedBy` is null where an operator does it. Runs inside
 * `withPlatform`.
 */
export async function putInvitation(
  tx: Tx,
  organisationId: string,
  { email, role, scope }: InvitationInput,
  invitedBy: string | null,
): Promise<NewInvitation> {
  const token = newToken();
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + invitationMs);
  const row = { role, scope, tokenHash: tokenHash(token), invitedBy, createdAt, expiresAt };
  const [made] = await tx
    .insert(invitations)
    .values({ organisationId, email, ...row })
    .onConflictDoUpdate({ target: [invitations.organisationId, invitations.email], set: row })
    .returning({ id: invitations.id });
  if (!made) throw new Error("The invitation was not written.");
  return { id: made.id, token, expiresAt: expiresAt.toISOString() };
}

/**
 * Invites an e-mail address; an earlier invitation of it stops working. The token (32 random bytes) is told here and never again.
 * `password` is the inviter's own, asked for when an administrator is invited.
 * @throws Failure INVALID_INPUT: a member already, a group that is gone, or no proof; TOO_MANY_ATTEMPTS
 */
export async function invite(
  context: MembersContext,
  input: InvitationInput,
  password: string | undefined,
): Promise<NewInvitation> {
  if (makesAdmin(null, input)) await confirmPerson(context.principal, password, context.address);
  return change(context, async (tx, organisationId) => {
    await requireGroups(tx, organisationId, input.scope);
    const [member] = await tx
      .select({ id: people.id })
      .from(people)
      .innerJoin(memberships, eq(memberships.personId, people.id))
      .where(and(eq(people.email, input.email), eq(memberships.organisationId, organisationId)));
    if (member)
      throw new Failure("INVALID_INPUT", {
        errors: { email: ["This person is a member already; change them in the list."] },
      });
    const result = await putInvitation(tx, organisationId, input, context.principal.personId);
    return { result, action: "invitation.add", detail: { invitation: result.id, ...input } };
  });
}

/** Takes an invitation back: its link stops working at once. Throws `NOT_FOUND`. */
export function withdrawInvitation(context: MembersContext, id: string): Promise<void> {
  return change(context, async (tx, organisationId) => {
    const [row] = await tx
      .delete(invitations)
      .where(and(eq(invitations.organisationId, organisationId), eq(invitations.id, id)))
      .returning({ email: invitations.email });
    if (!row) throw new Failure("NOT_FOUND");
    return {
      result: undefined,
      action: "invitation.withdraw",
      detail: { invitation: id, email: row.email },
    };
  });
}

/** The invitation of a link. An unknown, withdrawn, accepted and expired one throw the very same `NOT_FOUND`. */
async function readOpen(tx: Tx, token: string, now: Date) {
  const [row] = await tx
    .select({ invitation: invitations, slug: organisations.slug, name: organisations.name })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .where(and(eq(invitations.tokenHash, tokenHash(token)), gt(invitations.expiresAt, now)));
  if (!row)
    throw new Failure("NOT_FOUND", {
      detail: "This invitation does not exist any more: it was used or withdrawn, or it has expired.",
    });
  const [person] = await tx
    .select({ id: people.id })
    .from(people)
    .where(eq(people.email, row.invitation.email));
  return { ...row, personId: person?.id ?? null };
}

function nextOf(
  open: Awaited<ReturnType<typeof readOpen>>,
  principal: Principal | null,
): InvitationLook["next"] {
  if (principal) return principal.personId === open.personId ? "confirm" : "other-person";
  return open.personId === null ? "account" : "sign-in";
}

/** What an invitation offers, and what accepting it takes. Throws `NOT_FOUND`. */
export async function lookAtInvitation(principal: Principal | null, token: string): Promise<InvitationLook> {
  const open = await withPlatform((tx) => readOpen(tx, token, new Date()));
  const { email, role, expiresAt } = open.invitation;
  return {
    organisation: { slug: open.slug, name: open.name },
    email,
    role,
    expiresAt: expiresAt.toISOString(),
    next: nextOf(open, principal),
  };
}

/** Throws what keeps this caller from accepting; a link alone never takes over an account that is there already. */
function requireOwn(next: InvitationLook["next"], input: AcceptInput): void {
  if (next === "sign-in") throw new Failure("NOT_SIGNED_IN");
  if (next === "other-person")
    throw new Failure("CONFLICT", { detail: "You are signed in as somebody else. Sign out first." });
  if (next !== "account") return;
  const errors: Record<string, string[]> = {};
  if (input.name === undefined) errors.name = ["Enter your name, as colleagues will see it."];
  if (input.password === undefined) errors.password = ["Choose a password."];
  if (Object.keys(errors).length > 0) throw new Failure("INVALID_INPUT", { errors });
}

async function makePerson(tx: Tx, email: string, name: string, passwordHash: string): Promise<string> {
  const [row] = await tx
    .insert(people)
    .values({ email, name, passwordHash })
    .onConflictDoNothing()
    .returning({ id: people.id });
  if (!row)
    throw new Failure("CONFLICT", {
      detail: "This e-mail address has got an account meanwhile. Sign in first.",
    });
  return row.id;
}

/** A group that was deleted since is left out: less is seen then, never more. */
async function scopeOfNow(tx: Tx, organisationId: string, scope: MemberScope): Promise<MemberScope> {
  if (scope.kind !== "groups") return scope;
  return { kind: "groups", groupIds: await existingGroups(tx, organisationId, scope.groupIds) };
}

/**
 * Makes the membership that an invitation offers, and the account where there is none; the invitation is used up by it.
 * @throws Failure NOT_FOUND, NOT_SIGNED_IN (an account is there: sign in first), CONFLICT, INVALID_INPUT
 */
export async function acceptInvitation(
  principal: Principal | null,
  input: AcceptInput,
  requestId: string,
): Promise<{ readonly slug: string }> {
  const seen = await withPlatform((tx) => readOpen(tx, input.token, new Date()));
  const next = nextOf(seen, principal);
  requireOwn(next, input);
  // Before the transaction: it takes a tenth of a second, and the embedded store has one transaction at a time.
  const passwordHash = next === "account" ? await hashPassword(input.password ?? "") : "";
  const { organisationId } = seen.invitation;
  await acrossRoles(async (roles) => {
    const detail = await roles.platform(async (tx) => {
      await takeTurn(tx, organisationId);
      // Asked again in turn: of two who hold the link, one is first.
      const { invitation, personId: known } = await readOpen(tx, input.token, new Date());
      const personId =
        next === "account"
          ? await makePerson(tx, invitation.email, input.name ?? "", passwordHash)
          : (known ?? seen.personId);
      if (personId === null) throw new Failure("NOT_FOUND");
      const scope = await scopeOfNow(tx, organisationId, invitation.scope as MemberScope);
      const [made] = await tx
        .insert(memberships)
        .values({ personId, organisationId, role: invitation.role, scope: scope.kind })
        .onConflictDoNothing()
        .returning({ personId: memberships.personId });
      if (!made) throw new Failure("CONFLICT", { detail: "You are a member of this organisation already." });
      await writeScopeRows(tx, { personId, organisationId }, scope);
      await tx.delete(invitations).where(eq(invitations.id, invitation.id));
      return { invitation: invitation.id, member: personId, role: invitation.role, scope };
    });
    await roles.organisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: detail.member,
        action: "invitation.accept",
        permission: null,
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId,
        detail,
      }),
    );
  });
  return { slug: seen.slug };
}
