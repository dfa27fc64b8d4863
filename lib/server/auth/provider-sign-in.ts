import "server-only";
import { eq } from "drizzle-orm";
import { normaliseEmail } from "@/lib/domain/email";
import type { GroupRule } from "@/lib/domain/group-rules";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import { applyGroups, type GroupChange } from "@/lib/server/auth/group-memberships";
import { createSession, readMemberships, sessionIdOf } from "@/lib/server/auth/session-store";
import { recordAct } from "@/lib/server/auth/sign-in";
import type { Tx } from "@/lib/server/db/database";
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
  readonly requestId: string;
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
  return { person, changes, token: isMember ? await createSession(tx, person.id, new Date()) : null };
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

/**
 * Makes a session for whom the provider has vouched for, after bringing memberships in line with the groups; all of it with its audit
 * rows in one transaction. Returns the random id for the cookie; null when this is nobody of ours, disabled, or without a membership.
 * Throws `Failure` CONFLICT when the last administrator would lose the role, STORE_UNAVAILABLE when nothing can be written.
 */
export async function signInThroughProvider(given: ProviderSignIn): Promise<string | null> {
  if (given.identity.subject === "") throw new Failure("INVALID_INPUT");
  return acrossRoles(async (roles) => {
    const outcome = await roles.platform((tx) => decide(tx, given));
    await writeDown(roles, given, outcome);
    return outcome.token;
  });
}
