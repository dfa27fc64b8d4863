import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Membership, Principal } from "@/lib/domain/access";
import type { Tx } from "@/lib/server/db/database";
import { memberships, membershipWorkspaces, organisations, people, sessions } from "@/lib/server/db/schema";

/** A session ends this long after its last use, and this long after its sign-in, whichever comes first. */
export const sessionLimits = { idleMs: 12 * 3_600_000, absoluteMs: 7 * 24 * 3_600_000 } as const;

/** Ended sessions are kept this long, for whoever looks into an incident of our own. */
const keepMs = 30 * 24 * 3_600_000;

/** The use of a session is written down at most this often. */
const touchMs = 60_000;

/** What the database knows a session by: the cookie's random id cannot be made from it. */
export function sessionIdOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Makes a session and returns the random id (256 bits) for the cookie. Runs inside `withPlatform`. */
export async function createSession(tx: Tx, personId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
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

/** A person's memberships as they are at this moment. */
export async function readMemberships(tx: Tx, personId: string): Promise<readonly Membership[]> {
  const rows = await tx
    .select({
      organisationId: organisations.id,
      organisationSlug: organisations.slug,
      organisationName: organisations.name,
      role: memberships.role,
      scope: memberships.scope,
      workspaceId: membershipWorkspaces.workspaceId,
    })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .leftJoin(
      membershipWorkspaces,
      and(
        eq(membershipWorkspaces.personId, memberships.personId),
        eq(membershipWorkspaces.organisationId, memberships.organisationId),
      ),
    )
    .where(eq(memberships.personId, personId))
    .orderBy(organisations.slug);
  const found = new Map<string, Membership & { readonly ids: Set<string> }>();
  for (const { workspaceId, scope, ...row } of rows) {
    const ids = found.get(row.organisationId)?.ids ?? new Set<string>();
    if (workspaceId !== null) ids.add(workspaceId);
    found.set(row.organisationId, {
      ...row,
      ids,
      scope: scope === "all" ? { kind: "all" } : { kind: "list", ids },
    });
  }
  return [...found.values()].map(({ ids: _ids, ...membership }) => membership);
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
