import "server-only";
import { decode } from "next-auth/jwt";
import type { Principal } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { readCookie, sessionCookieName } from "@/lib/server/auth/cookies";
import { KeptCallers } from "@/lib/server/auth/kept-callers";
import { readPrincipal, sessionIdOf } from "@/lib/server/auth/session-store";
import { withPlatform } from "@/lib/server/db/platform";
import { processWide } from "@/lib/server/process-wide";
import { authSecret } from "@/lib/server/vault/keys";

const kept = processWide(
  "principals",
  () =>
    new KeptCallers<Principal>((sessionId, now) => withPlatform((tx) => readPrincipal(tx, sessionId, now))),
);

/** The random id inside the cookie; null when the cookie is missing, forged, or older than its limit. */
async function tokenOf(headers: Headers): Promise<string | null> {
  const cookie = readCookie(headers.get("cookie"), sessionCookieName());
  if (cookie === null) return null;
  try {
    const claims = await decode({ token: cookie, secret: authSecret().reveal() });
    return typeof claims?.sid === "string" ? claims.sid : null;
  } catch {
    // Any cookie that our secret did not seal: an attacker's, or one from before the secret was changed.
    return null;
  }
}

/** The person behind a session id (`sessionIdOf`), kept for at most two seconds. */
export function principalOfSession(sessionId: string): Promise<Principal | null> {
  return kept.find(sessionId);
}

/** The same as the database has it now. */
export function renewPrincipal(sessionId: string): Promise<Principal | null> {
  return kept.renew(sessionId);
}

/** Drops what is kept of a session, so that its end acts at once in this process. */
export function forgetSession(sessionId: string): void {
  kept.forget(sessionId);
}

/**
 * Who is asking: the session cookie names a session row, and everything else (person, memberships, workspaces) is read from the
 * database. Null when nobody is signed in. Throws `Failure("STORE_UNAVAILABLE")` when that cannot be known.
 */
export async function auth(headers: Headers): Promise<Principal | null> {
  const token = await tokenOf(headers);
  return token === null ? null : principalOfSession(sessionIdOf(token));
}

/** The same for what needs a person. Throws `Failure("NOT_SIGNED_IN")` when there is none. */
export async function requirePrincipal(headers: Headers): Promise<Principal> {
  const principal = await auth(headers);
  if (!principal) throw new Failure("NOT_SIGNED_IN");
  return principal;
}
