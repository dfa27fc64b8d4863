import "server-only";
import { and, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Membership, Principal } from "@/lib/domain/access";
import type { SignInMethod } from "@/lib/domain/sessions";
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

/** How a session came to be, for its owner to know it again. */
export interface SessionOrigin {
  readonly method: SignInMethod;
  /** See `callerAddress`. */
  readonly address: string;
  /** The `User-Agent` header as it came; what is kept of it is cut and made printable here. */
  readonly userAgent: string | null;
}

/** A header may be of any length and holds what a stranger likes. */
const longestUserAgent = 300;

/** Cut by code points, so that half of a character never reaches the database. */
function keptUserAgent(text: string | null): string | null {
  const printable = [...(text ?? "").replace(/\p{C}+/gu, " ").trim()];
  return printable.length === 0 ? null : printable.slice(0, longestUserAgent).join("");
}

/**
 * Makes a session and returns the random id (256 bits) for the cookie. Runs inside `withPlatform`.
 * Without an origin it is one that nobody signed in for, as tests make them.
 */
export async function createSession(
  tx: Tx,
  personId: string,
  now: Date,
  origin?: SessionOrigin,
): Promise<string> {
  const token = newToken();
  await tx.delete(sessions).where(lt(sessions.createdAt, new Date(now.getTime() - keepMs)));
  await tx.insert(sessions).values({
    id: sessionIdOf(token),
    personId,
    createdAt: now,
    lastSeenAt: now,
    ...(origin && { ...origin, userAgent: keptUserAgent(origin.userAgent) }),
  });
  return token;
}

/** The sessions that are alive: neither revoked nor past a limit. */
export function isAlive(now: Date): SQL | undefined {
  return and(
    isNull(sessions.revokedAt),
    gt(sessions.lastSeenAt, new Date(now.getTime() - sessionLimits.idleMs)),
    gt(sessions.createdAt, new Date(now.getTime() - sessionLimits.absoluteMs)),
  );
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
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.id, sessionId), isAlive(now), isNull(people.disabledAt)));
  if (!row) return null;
  if (now.getTime() - row.lastSeenAt.getTime() >= touchMs)
    // Never backwards: two instances may note the same use in either order.
    await tx
      .update(sessions)
      .set({ lastSeenAt: sql`greatest(${sessions.lastSeenAt}, ${now.toISOString()}::timestamptz)` })
      .where(eq(sessions.id, sessionId));
  const { personId, email, name } = row;
  return { personId, sessionId, email, name, memberships: await readMemberships(tx, personId) };
}
