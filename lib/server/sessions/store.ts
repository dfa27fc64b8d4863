import "server-only";
import { and, count, desc, eq, ne, type SQL, sql } from "drizzle-orm";
import { browserWords } from "@/lib/domain/browser-words";
import type { SessionsView, SessionView } from "@/lib/domain/sessions";
import { forgetSession } from "@/lib/server/auth/session";
import { isAlive, sessionLimits } from "@/lib/server/auth/session-store";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { sessions } from "@/lib/server/db/schema/platform";

/** Somebody whose script signs in each minute has hundreds; the rest is counted, and goes with "all others". */
const mostListed = 100;

/** How people and the audit know a session: long enough to mean one, too short to be its id. */
export const handleOf = (sessionId: string) => sessionId.slice(0, 16);

type Row = typeof sessions.$inferSelect;

function viewOf(row: Row, ownSessionId: string): SessionView {
  const after = (from: Date, ms: number) => new Date(from.getTime() + ms).toISOString();
  return {
    id: handleOf(row.id),
    isThis: row.id === ownSessionId,
    browser: browserWords(row.userAgent),
    address: row.address,
    method: row.method,
    signedInAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastSeenAt.toISOString(),
    idleEndsAt: after(row.lastSeenAt, sessionLimits.idleMs),
    endsAt: after(row.createdAt, sessionLimits.absoluteMs),
  };
}

/** A person's open sessions, the latest used first. `ownSessionId` is the one that asks. Runs inside `withPlatform`. */
export async function readSessions(tx: Tx, personId: string, ownSessionId: string): Promise<SessionsView> {
  const open = and(eq(sessions.personId, personId), isAlive(new Date()));
  const rows = await tx
    .select()
    .from(sessions)
    .where(open)
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt))
    .limit(mostListed);
  const [counted] = await tx.select({ total: count() }).from(sessions).where(open);
  return { sessions: rows.map((row) => viewOf(row, ownSessionId)), total: counted?.total ?? rows.length };
}

/** One session by its handle, or every one but that which asks. */
export type Which = { readonly only: string } | { readonly allBut: string };

const whichOf = (which: Which): SQL =>
  "only" in which ? eq(sql`left(${sessions.id}, 16)`, which.only) : ne(sessions.id, which.allBut);

/**
 * Ends open sessions of a person. Returns their ids, to be forgotten by `forgetAll` once the transaction is committed.
 * Runs inside `withPlatform`.
 */
export async function endSessions(tx: Tx, personId: string, which: Which): Promise<readonly string[]> {
  const now = new Date();
  const rows = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.personId, personId), isAlive(now), whichOf(which)))
    .returning({ id: sessions.id });
  return rows.map(({ id }) => id);
}

/** Makes the end act at once in this process; elsewhere it does when what is kept of a session has run out. */
export function forgetAll(ids: readonly string[]): void {
  for (const id of ids) forgetSession(id);
}

/** What the audit keeps of ended sessions. */
export function endedDetail(ids: readonly string[]): Record<string, unknown> {
  return { ended: ids.length, sessions: ids.slice(0, mostListed).map(handleOf) };
}

/** The same reading in a transaction of its own. */
export const listSessions = (personId: string, ownSessionId: string) =>
  withPlatform((tx) => readSessions(tx, personId, ownSessionId));
