import "server-only";
import { eq } from "drizzle-orm";
import type { Principal } from "@/lib/domain/access";
import type { ConfirmBy } from "@/lib/domain/members";
import { Failure } from "@/lib/errors";
import { accountKey, admitAttempt, forgiveAttempt } from "@/lib/server/auth/limits";
import { verifyPassword } from "@/lib/server/auth/password";
import { withPlatform } from "@/lib/server/db/platform";
import { people, sessions } from "@/lib/server/db/schema/platform";

/** A person without a password of ours proves themselves by having signed in within this time. */
const freshMs = 10 * 60_000;

async function readPerson(principal: Principal) {
  const [row] = await withPlatform((tx) =>
    tx
      .select({ passwordHash: people.passwordHash, signedInAt: sessions.createdAt })
      .from(sessions)
      .innerJoin(people, eq(people.id, sessions.personId))
      .where(eq(sessions.id, principal.sessionId)),
  );
  if (!row) throw new Failure("NOT_SIGNED_IN");
  return row;
}

/** How this person can prove that it is them: a password, or a sign-in a moment ago where a provider holds the password. */
export async function confirmationOf(principal: Principal): Promise<ConfirmBy> {
  return (await readPerson(principal)).passwordHash === null ? "fresh-sign-in" : "password";
}

/**
 * Asks for proof before a secret is changed or an administrator made (ASVS 7.5.3), so that a screen left open is not enough. Counted and limited like a sign-in.
 * @throws Failure INVALID_INPUT naming `password`; TOO_MANY_ATTEMPTS; NOT_SIGNED_IN when the session ended meanwhile
 */
export async function confirmPerson(
  principal: Principal,
  password: string | undefined,
  address: string,
): Promise<void> {
  const { passwordHash, signedInAt } = await readPerson(principal);
  const refused = (message: string) => new Failure("INVALID_INPUT", { errors: { password: [message] } });
  if (passwordHash === null) {
    if (Date.now() - signedInAt.getTime() <= freshMs) return;
    throw refused("Sign out and in again first: this needs a sign-in within the last ten minutes.");
  }
  if (!password) throw refused("Enter your password.");
  const admission = await withPlatform((tx) =>
    admitAttempt(tx, accountKey(principal.email), address, new Date()),
  );
  if (!admission.admitted) throw new Failure("TOO_MANY_ATTEMPTS", { retryAfterSeconds: 60 });
  if (!(await verifyPassword(passwordHash, password))) throw refused("This is not your password.");
  await withPlatform((tx) => forgiveAttempt(tx, admission.attemptId));
}
