import "server-only";
import { and, eq, isNull, or } from "drizzle-orm";
import { normaliseEmail } from "@/lib/domain/email";
import type { GroupRule } from "@/lib/domain/group-rules";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import { applyGroups, type GroupChange } from "@/lib/server/auth/group-memberships";
import { accountKey, claimAttempt, forgiveAttempt } from "@/lib/server/auth/limits";
import { createSession, readMemberships, sessionIdOf } from "@/lib/server/auth/session-store";
import { recordAct } from "@/lib/server/auth/sign-in";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { acrossRoles, type Roles } from "@/lib/server/db/roles";
import { people } from "@/lib/server/db/schema/platform";

/** What a provider's checked ID token says. Nothing of it becomes a right without our own tables. */
export interface ProviderIdentity {
  /** As in the token; `iss` and `sub` together name the person for good. */
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  /** Only `true` in the token counts. */
  readonly isEmailVerified: boolean;
  readonly name: string;
  readonly groups: readonly string[];
}

export interface ProviderSignIn {
  readonly identity: ProviderIdentity;
  /** Null: memberships are kept here only. */
  readonly rules: readonly GroupRule[] | null;
  readonly address: string;
  readonly userAgent: string | null;
  readonly requestId: string;
  /** The attempt as it was counted at the door (`admitCallback`). Null lets nobody in. */
  readonly attemptId: number | null;
}

type Person = typeof people.$inferSelect;

const subjectKey = ({ issuer, subject }: ProviderIdentity) => `${issuer} ${subject}`;

/** The person whom this subject belongs to, or whose confirmed address it has and who is nobody else's yet. */
async function findPerson(tx: Tx, identity: ProviderIdentity, email: string | null): Promise<Person | null> {
  const providerSubject = subjectKey(identity);
  const [bound] = await tx.select().from(people).where(eq(people.providerSubject, providerSubject));
  if (bound) return bound;
  if (email === null) return null;
  const [known] = await tx.select().from(people).where(eq(people.email, email)).for("update");
  if (!known || known.providerSubject !== null || known.disabledAt !== null) return null;
  await tx.update(people).set({ providerSubject }).where(eq(people.id, known.id));
  return known;
}

/** A person without a password, for whom the rules have something. Null as well when the address is another subject's. */
async function makePerson(tx: Tx, given: ProviderSignIn, email: string | null): Promise<Person | null> {
  const { identity, rules } = given;
  if (email === null || !rules?.some((rule) => identity.groups.includes(rule.group))) return null;
  const name = identity.name.trim().slice(0, 100) || email;
  const [made] = await tx
    .insert(people)
    .values({ email, name, providerSubject: subjectKey(identity) })
    .onConflictDoNothing()
    .returning();
  return made ?? null;
}

interface Outcome {
  readonly person: Person | null;
  readonly changes: readonly GroupChange[];
  readonly token: string | null;
}

async function decide(tx: Tx, given: ProviderSignIn): Promise<Outcome> {
  const { identity, rules } = given;
  const email = identity.isEmailVerified ? normaliseEmail(identity.email) : null;
  const person = (await findPerson(tx, identity, email)) ?? (await makePerson(tx, given, email));
  if (!person || person.disabledAt !== null) return { person, changes: [], token: null };
  // Who has a password here is kept here: a mistake in the rules must not lock the last administrator out.
  const isRuled = rules !== null && person.passwordHash === null;
  const changes = isRuled ? await applyGroups(tx, person.id, rules, identity.groups) : [];
  const isMember = (await readMemberships(tx, person.id)).length > 0;
  return { person, changes, token: isMember ? await admit(tx, given, person.id) : null };
}

async function admit(tx: Tx, { attemptId, address, userAgent }: ProviderSignIn, personId: string) {
  if (attemptId !== null) await forgiveAttempt(tx, attemptId);
  return createSession(tx, personId, new Date(), { method: "provider", address, userAgent });
}

async function writeDown(roles: Roles, given: ProviderSignIn, outcome: Outcome): Promise<void> {
  const { person, changes, token } = outcome;
  const personId = person?.id ?? null;
  for (const { organisationId, action, detail } of changes)
    await roles.organisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId,
        action,
        permission: null,
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId: given.requestId,
        detail,
      }),
    );
  const memberships = personId ? await roles.platform((tx) => readMemberships(tx, personId)) : [];
  await recordAct(roles, memberships, {
    personId,
    action: "session.sign-in",
    outcome: token === null ? "refused" : "done",
    requestId: given.requestId,
    detail: {
      through: given.identity.issuer,
      address: given.address,
      ...(token === null
        ? { reason: person?.disabledAt ? "disabled" : "no membership" }
        : { session: sessionIdOf(token).slice(0, 16) }),
    },
  });
}

/** Whose refusal it is: the person that `findPerson` would find, without changing anything. */
async function lookUp(tx: Tx, identity: ProviderIdentity): Promise<Person | null> {
  const email = identity.isEmailVerified ? normaliseEmail(identity.email) : null;
  const known = email === null ? undefined : and(eq(people.email, email), isNull(people.providerSubject));
  const rows = await tx
    .select()
    .from(people)
    .where(or(eq(people.providerSubject, subjectKey(identity)), known));
  return rows.find((row) => row.providerSubject !== null) ?? rows[0] ?? null;
}

/** Writes down a refusal whose own transaction was rolled back. When that fails, the failure is the answer: nobody comes in either way. */
async function refuse(given: ProviderSignIn, reason: string): Promise<void> {
  await acrossRoles(async (roles) => {
    const found = await roles.platform(async (tx) => {
      const person = await lookUp(tx, given.identity);
      return { person, memberships: person ? await readMemberships(tx, person.id) : [] };
    });
    await recordAct(roles, found.memberships, {
      personId: found.person?.id ?? null,
      action: "session.sign-in",
      outcome: "refused",
      requestId: given.requestId,
      detail: { through: given.identity.issuer, address: given.address, reason },
    });
  });
}

/** Counts the attempt for this subject as well. Throws `TOO_MANY_ATTEMPTS`. */
async function requireWithinLimits(given: ProviderSignIn): Promise<void> {
  const { attemptId, identity } = given;
  if (attemptId === null)
    throw new Failure("INTERNAL", {}, { cause: new Error("The attempt was not counted.") });
  const account = accountKey(subjectKey(identity));
  if (await withPlatform((tx) => claimAttempt(tx, attemptId, account, new Date()))) return;
  await refuse(given, "too many attempts");
  throw new Failure("TOO_MANY_ATTEMPTS", { retryAfterSeconds: 60 });
}

/**
 * Makes a session for whom the provider has vouched for, after bringing memberships in line with the groups; all of it with its audit
 * rows in one transaction. Returns the random id for the cookie; null when this is nobody of ours, disabled, or without a membership.
 * Throws `Failure` TOO_MANY_ATTEMPTS beyond the limits, CONFLICT when the last administrator would lose the role (audited, like the
 * others), STORE_UNAVAILABLE when nothing can be counted or written.
 */
export async function signInThroughProvider(given: ProviderSignIn): Promise<string | null> {
  if (given.identity.subject === "") throw new Failure("INVALID_INPUT");
  await requireWithinLimits(given);
  try {
    return await acrossRoles(async (roles) => {
      const outcome = await roles.platform((tx) => decide(tx, given));
      await writeDown(roles, given, outcome);
      return outcome.token;
    });
  } catch (error) {
    if (error instanceof Failure && error.code === "CONFLICT")
      await refuse(given, "the provider's groups would leave an organisation without an administrator");
    throw error;
  }
}
