import "server-only";
import { and, eq } from "drizzle-orm";
import type { SessionsEnded, SessionsView } from "@/lib/domain/sessions";
import { Failure } from "@/lib/errors";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships } from "@/lib/server/db/schema/platform";
import { change, type MembersContext } from "@/lib/server/members/context";
import { sessionIsGone } from "./own";
import { endedDetail, endSessions, forgetAll, readSessions, type Which } from "./store";

/** Throws `NOT_FOUND` for who is no member, whether or not such a person exists. A disabled member is one. */
async function requireMember(tx: Tx, organisationId: string, personId: string): Promise<void> {
  const [row] = await tx
    .select({ personId: memberships.personId })
    .from(memberships)
    .where(and(eq(memberships.organisationId, organisationId), eq(memberships.personId, personId)));
  if (!row) throw new Failure("NOT_FOUND");
}

/** A member's open sessions. Throws `NOT_FOUND`. */
export function listOfMember(context: MembersContext, personId: string): Promise<SessionsView> {
  return withPlatform(async (tx) => {
    await requireMember(tx, context.membership.organisationId, personId);
    return readSessions(tx, personId, context.principal.sessionId);
  });
}

/**
 * Ends a member's sessions: one by its handle, or with null all but the one that asks (which is among them when an administrator does it to
 * themselves). A session is the person's and not the organisation's, so it ends everywhere; the audit row is the acting organisation's.
 * @throws Failure NOT_FOUND (no member), CONFLICT (the session is not open any more)
 */
export async function endOfMember(
  context: MembersContext,
  personId: string,
  handle: string | null,
): Promise<SessionsEnded> {
  const which: Which = handle === null ? { allBut: context.principal.sessionId } : { only: handle };
  const ids = await change(context, async (tx, organisationId) => {
    await requireMember(tx, organisationId, personId);
    const ended = await endSessions(tx, personId, which);
    if (ended.length === 0 && handle !== null) throw new Failure("CONFLICT", { detail: sessionIsGone });
    const detail = { member: personId, ...endedDetail(ended) };
    return { result: ended, action: "session.revoke", detail };
  });
  forgetAll(ids);
  return { ended: ids.length };
}
