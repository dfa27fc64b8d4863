import "server-only";
import { eq } from "drizzle-orm";
import { normaliseEmail } from "@/lib/domain/email";
import type { Membership } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { type AuditEntry, recordAudit, recordPlatformAudit } from "@/lib/server/audit/record";
import { accountKey, admitAttempt, forgiveAttempt } from "@/lib/server/auth/limits";
import { verifyPassword } from "@/lib/server/auth/password";
import { createSession, readMemberships, revokeSession, sessionIdOf } from "@/lib/server/auth/session-store";
import { forgetSession } from "@/lib/server/auth/session";
import { withPlatform } from "@/lib/server/db/platform";
import { acrossRoles, type Roles } from "@/lib/server/db/roles";
import { people } from "@/lib/server/db/schema/platform";

export interface SignInAttempt {
  readonly email: string;
  readonly password: string;
  /** What the limits count by; see `callerAddress`. */
  readonly address: string;
  readonly userAgent: string | null;
  readonly requestId: string;
}

export interface SignedIn {
  readonly personId: string;
  /** The random id for the cookie. It is nowhere else. */
  readonly token: string;
}

interface Candidate {
  readonly personId: string;
  readonly passwordHash: string | null;
  readonly isDisabled: boolean;
  readonly memberships: readonly Membership[];
}

type Act = Pick<AuditEntry, "personId" | "action" | "outcome" | "requestId" | "detail">;

/** One row in the chain of each of the person's organisations; in the platform's own when there is none. */
export async function recordAct(roles: Roles, memberships: readonly Membership[], act: Act): Promise<void> {
  const entry = { ...act, permission: null, workspaceId: null, upstreamRequestId: null };
  // In one order everywhere, so that two transactions never wait for each other's chain.
  const ids = memberships.map((membership) => membership.organisationId).sort();
  for (const organisationId of ids)
    await roles.organisation(organisationId, (tx) => recordAudit(tx, { ...entry, organisationId }));
  if (ids.length === 0) await roles.platform((tx) => recordPlatformAudit(tx, entry));
}

async function findCandidate(email: string | null): Promise<Candidate | null> {
  if (email === null) return null;
  return withPlatform(async (tx) => {
    const [row] = await tx.select().from(people).where(eq(people.email, email));
    if (!row) return null;
    const memberships = await readMemberships(tx, row.id);
    return {
      personId: row.id,
      passwordHash: row.passwordHash,
      isDisabled: row.disabledAt !== null,
      memberships,
    };
  });
}

async function refuse(candidate: Candidate | null, attempt: SignInAttempt, reason: string): Promise<void> {
  await acrossRoles((roles) =>
    recordAct(roles, candidate?.memberships ?? [], {
      personId: candidate?.personId ?? null,
      action: "session.sign-in",
      outcome: "refused",
      requestId: attempt.requestId,
      // Who was meant is in `personId` when we know them. What was typed is kept as a digest: it may be a password in the wrong field.
      detail: { reason, address: attempt.address, account: accountKey(attempt.email).slice(0, 16) },
    }),
  );
}

/** Session, forgiven attempt and audit rows in one transaction: none of them without the others. Null when the person is gone or disabled meanwhile. */
async function admit(
  candidate: Candidate,
  attempt: SignInAttempt,
  attemptId: number,
): Promise<string | null> {
  return acrossRoles(async (roles) => {
    const token = await roles.platform(async (tx) => {
      const [person] = await tx.select().from(people).where(eq(people.id, candidate.personId)).for("share");
      if (!person || person.disabledAt !== null || person.passwordHash !== candidate.passwordHash)
        return null;
      await forgiveAttempt(tx, attemptId);
      const { address, userAgent } = attempt;
      return createSession(tx, person.id, new Date(), { method: "password", address, userAgent });
    });
    if (token === null) return null;
    await recordAct(roles, candidate.memberships, {
      personId: candidate.personId,
      action: "session.sign-in",
      outcome: "done",
      requestId: attempt.requestId,
      detail: { address: attempt.address, session: sessionIdOf(token).slice(0, 16) },
    });
    return token;
  });
}

/**
 * Checks e-mail and password and makes a session. Null when they do not fit, whatever the reason: unknown, wrong and disabled take the
 * same work and cannot be told apart. Throws `Failure` TOO_MANY_ATTEMPTS beyond the limits, and STORE_UNAVAILABLE when attempts
 * cannot be counted or the act cannot be written down: then nobody comes in.
 */
export async function signIn(given: SignInAttempt): Promise<SignedIn | null> {
  const email = normaliseEmail(given.email);
  const attempt = { ...given, email: email ?? given.email.slice(0, 254) };
  const admission = await withPlatform((tx) =>
    admitAttempt(tx, accountKey(attempt.email), attempt.address, new Date()),
  );
  const candidate = await findCandidate(email);
  if (!admission.admitted) {
    if (admission.isFirst) await refuse(candidate, attempt, "too many attempts");
    throw new Failure("TOO_MANY_ATTEMPTS", { retryAfterSeconds: 60 });
  }
  const fits = await verifyPassword(candidate?.passwordHash ?? null, attempt.password);
  const token =
    fits && candidate && !candidate.isDisabled ? await admit(candidate, attempt, admission.attemptId) : null;
  if (token !== null && candidate) return { personId: candidate.personId, token };
  await refuse(candidate, attempt, candidate?.isDisabled ? "disabled" : "wrong e-mail or password");
  return null;
}

/** Ends the session of a cookie's random id, and writes it down. A session that had ended already leaves no second row. */
export async function signOut(token: string, requestId: string): Promise<void> {
  const sessionId = sessionIdOf(token);
  await acrossRoles(async (roles) => {
    const ended = await roles.platform(async (tx) => {
      const personId = await revokeSession(tx, sessionId, new Date());
      return personId === null ? null : { personId, memberships: await readMemberships(tx, personId) };
    });
    if (ended === null) return;
    await recordAct(roles, ended.memberships, {
      personId: ended.personId,
      action: "session.sign-out",
      outcome: "done",
      requestId,
      detail: { session: sessionId.slice(0, 16) },
    });
  });
  forgetSession(sessionId);
}
