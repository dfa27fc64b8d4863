import "server-only";
import { sql } from "drizzle-orm";
import type { Role } from "@/lib/domain/access";
import { recordAudit } from "@/lib/server/audit/record";
import { hashPassword } from "@/lib/server/auth/password";
import type { Tx } from "@/lib/server/db/database";
import type { Roles } from "@/lib/server/db/roles";
import { memberships, organisations, people } from "@/lib/server/db/schema/platform";
import { writeScopeRows } from "@/lib/server/members/scope";

/** True while nobody can sign in, so that the set-up page has something to do. Runs inside `withPlatform`. */
export async function isSetupNeeded(tx: Tx): Promise<boolean> {
  const [row] = await tx.select({ id: people.id }).from(people).limit(1);
  return row === undefined;
}

/** Two starters, or two people at the set-up page, take turns here until their transaction ends. */
export async function takeSetupTurn(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('watchfloor:setup', 0))`);
}

/** What an organisation is called until somebody gives it another name. */
function nameOf(slug: string): string {
  return slug.replace(
    /(^|-)([a-z])/g,
    (_match, hyphen: string, letter: string) => (hyphen ? " " : "") + letter.toUpperCase(),
  );
}

/** The organisation of this name in the address, made when there is none. Returns its id. */
export async function ensureOrganisation(tx: Tx, slug: string, name: string = nameOf(slug)): Promise<string> {
  const [row] = await tx
    .insert(organisations)
    .values({ slug, name })
    // Writing the slug onto itself makes the row come back when it is there already.
    .onConflictDoUpdate({ target: organisations.slug, set: { slug } })
    .returning({ id: organisations.id });
  if (!row) throw new Error("The organisation was not written.");
  return row.id;
}

export interface NewPerson {
  /** As `normaliseEmail` gives it. */
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/**
 * Hash first, outside the transaction: it takes a tenth of a second of work, and the embedded store has one transaction at a time.
 */
export async function preparePerson(person: NewPerson): Promise<typeof people.$inferInsert> {
  return { email: person.email, name: person.name, passwordHash: await hashPassword(person.password) };
}

/** A person who is there already keeps name and password. Returns the id. */
export async function ensurePerson(tx: Tx, prepared: typeof people.$inferInsert): Promise<string> {
  const [row] = await tx
    .insert(people)
    .values(prepared)
    .onConflictDoUpdate({ target: people.email, set: { email: prepared.email } })
    .returning({ id: people.id });
  if (!row) throw new Error("The person was not written.");
  return row.id;
}

export interface NewMembership {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
  /** "all", or exactly these workspaces. */
  readonly workspaces: "all" | readonly string[];
}

/** Makes a membership, or brings an existing one to exactly this role and scope. */
export async function putMembership(tx: Tx, membership: NewMembership): Promise<void> {
  const { personId, organisationId, role } = membership;
  const scope = membership.workspaces === "all" ? "all" : "list";
  await tx
    .insert(memberships)
    .values({ personId, organisationId, role, scope })
    .onConflictDoUpdate({
      target: [memberships.personId, memberships.organisationId],
      set: { role, scope },
    });
  await writeScopeRows(
    tx,
    { personId, organisationId },
    membership.workspaces === "all"
      ? { kind: "all" }
      : { kind: "list", workspaceIds: [...membership.workspaces] },
  );
}

export interface FirstAdmin {
  readonly organisationId: string;
  readonly personId: string;
}

/** The first admin, with everything in the first organisation in sight. Runs inside `withPlatform`, under `takeSetupTurn`. */
export async function putFirstAdmin(
  tx: Tx,
  organisationSlug: string,
  prepared: typeof people.$inferInsert,
): Promise<FirstAdmin> {
  const organisationId = await ensureOrganisation(tx, organisationSlug);
  const personId = await ensurePerson(tx, prepared);
  await putMembership(tx, { personId, organisationId, role: "admin", workspaces: "all" });
  return { organisationId, personId };
}

/** Writes down how the first admin came to be. */
export function recordFirstAdmin(
  roles: Roles,
  { organisationId, personId }: FirstAdmin,
  { requestId, by }: { readonly requestId: string; readonly by: string },
): Promise<void> {
  return roles.organisation(organisationId, (tx) =>
    recordAudit(tx, {
      organisationId,
      personId,
      action: "person.first-admin",
      permission: null,
      workspaceId: null,
      outcome: "done",
      upstreamRequestId: null,
      requestId,
      detail: { by },
    }),
  );
}
