import "server-only";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Membership, Principal } from "@/lib/domain/access";
import { newToken, tokenHash } from "@/lib/server/auth/token";
import type { Tx } from "@/lib/server/db/database";
import {
  membershipGroups,
  memberships,
  membershipWorkspaces,
  organisations,
  people,
  sessions,
  workspaceGroupWorkspaces,
} from "@/lib/server/db/schema/platform";

/** A session ends this long after its last use, and this long after its sign-in, whichever comes first. */
export const sessionLimits = { idleMs: 12 * 3_600_000, absoluteMs: 7 * 24 * 3_600_000 } as const;

/** Ended sessions are kept this long, for whoever looks into an incident of our own. */
const keepMs = 30 * 24 * 3_600_000;

/** The use of a session is written down at most this often. */
const touchMs = 60_000;

/** What the database knows a session by: the cookie's random id cannot be made from it. */
export function sessionIdOf(token: string): string {
  return tokenHash(token);
}

/** Makes a session and returns the random id (256 bits) for the cookie. Runs inside `withPlatform`. */
export async function createSession(tx: Tx, personId: string, now: Date): Promise<string> {
  const token = newToken();
  await tx.delete(sessions).where(lt(sessions.createdAt, new Date(now.getTime() - keepMs)));
  await tx.insert(sessions).values({ id: sessionIdOf(token), personId, createdAt: now, lastSeenAt: now });
  return token;
}

/** Ends a session. Returns whose it was, or null when it was not alive. */
export async function revokeSession(tx: Tx, sessionId: string, now: Date): Promise<string | null> {
  const [row] = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ personId: sessions.personId });
  return row?.personId ?? null;
}

/** A person's memberships as they are at this moment, without those that are disabled. Workspace groups come as their workspaces. */
export async function readMemberships(tx: Tx, personId: string): Promise<readonly Membership[]> {
  const rows = await tx
    .select({
      organisationId: organisations.id,
      organisationSlug: organisations.slug,
      organisationName: organisations.name,
      role: memberships.role,
      scope: memberships.scope,
    })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(and(eq(memberships.personId, personId), isNull(memberships.disabledAt)))
    .orderBy(organisations.slug);
  const isLimited = rows.some(({ scope }) => scope !== "all");
  const listed = isLimited ? await readListed(tx, personId) : [];
  return rows.map(({ scope, ...row }) => {
    if (scope === "all") return { ...row, scope: { kind: "all" } };
    const own = listed.filter(
      ({ organisationId, by }) => organisationId === row.organisationId && by === scope,
    );
    return { ...row, scope: { kind: "list", ids: new Set(own.map(({ workspaceId }) => workspaceId)) } };
  });
}

/** Workspaces that the person's memberships name, one by one (`list`) and through groups (`groups`). */
async function readListed(tx: Tx, personId: string) {
  const single = await tx
    .select({
      organisationId: membershipWorkspaces.organisationId,
      workspaceId: membershipWorkspaces.workspaceId,
    })
    .from(membershipWorkspaces)
    .where(eq(membershipWorkspaces.personId, personId));
  const grouped = await tx
    .select({
      organisationId: membershipGroups.organisationId,
      workspaceId: workspaceGroupWorkspaces.workspaceId,
    })
    .from(membershipGroups)
    .innerJoin(
      workspaceGroupWorkspaces,
      and(
        eq(workspaceGroupWorkspaces.groupId, membershipGroups.groupId),
        eq(workspaceGroupWorkspaces.organisationId, membershipGroups.organisationId),
      ),
    )
    .where(eq(membershipGroups.personId, personId));
  return [
    ...single.map((row) => ({ ...row, by: "list" as const })),
    ...grouped.map((row) => ({ ...row, by: "groups" as const })),
  ];
}

/**
 * The person behind a session that is alive: neither revoked nor past a limit, of a person who is not disabled. Null otherwise.
 * Notes the use of the session. Runs inside `withPlatform`.
 */
export async function readPrincipal(tx: Tx, sessionId: string, now: Date): Promise<Principal | null> {
  const [row] = await tx
    .select({
      personId: people.id,
      email: people.email,
      name: people.name,
      lastSeenAt: sessions.lastSeenAt,
      createdAt: sessions.createdAt,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), isNull(people.disabledAt)));
  if (!row) return null;
  const idleMs = now.getTime() - row.lastSeenAt.getTime();
  const ageMs = now.getTime() - row.createdAt.getTime();
  if (idleMs >= sessionLimits.idleMs || ageMs >= sessionLimits.absoluteMs) return null;
  if (idleMs >= touchMs)
    // Never backwards: two instances may note the same use in either order.
    await tx
      .update(sessions)
      .set({ lastSeenAt: sql`greatest(${sessions.lastSeenAt}, ${now.toISOString()}::timestamptz)` })
      .where(eq(sessions.id, sessionId));
  const { personId, email, name } = row;
  return { personId, sessionId, email, name, memberships: await readMemberships(tx, personId) };
}
