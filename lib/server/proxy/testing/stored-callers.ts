import { eq, inArray } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import type { WorkspaceScope } from "@/lib/domain/access";
import { displayCookie, sessionCookieName } from "@/lib/server/auth/cookies";
import { createSession, sessionLimits } from "@/lib/server/auth/session-store";
import { newToken, tokenHash } from "@/lib/server/auth/token";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import {
  displays,
  memberships,
  membershipWorkspaces,
  organisations,
  people,
} from "@/lib/server/db/schema/platform";
import { authSecret } from "@/lib/server/vault/keys";
import { type Actor, actors } from "./access-table";
import type { MatrixCallers } from "./matrix-callers";

/** Where an actor stands in the store. */
interface Stored {
  readonly personId: string | null;
  readonly displayId: string | null;
  readonly cookie: string;
}

async function storeDisplay(tx: Tx, actor: Actor, organisationId: string): Promise<Stored> {
  const token = newToken();
  const [row] = await tx
    .insert(displays)
    .values({
      organisationId,
      name: actor.name,
      scope: "list",
      tokenHash: tokenHash(token),
      revokedAt: actor.ended === "revoked" ? new Date() : null,
    })
    .returning({ id: displays.id });
  if (!row) throw new Error("The display was not written.");
  return { personId: null, displayId: row.id, cookie: `${displayCookie().name}=${token}` };
}

async function storePerson(tx: Tx, actor: Actor, organisationId: string): Promise<Stored> {
  const { standing, ended, name } = actor;
  if (standing === null || standing === "display") throw new Error(`${name} is no person.`);
  const email = `${name.replaceAll(/\W+/g, ".").toLowerCase()}@matrix.test`;
  const [row] = await tx
    .insert(people)
    .values({ email, name, disabledAt: ended === "disabled" ? new Date() : null })
    .returning({ id: people.id });
  if (!row) throw new Error("The person was not written.");
  await tx.insert(memberships).values({ personId: row.id, organisationId, role: standing, scope: "list" });
  const begun = ended === "expired" ? Date.now() - sessionLimits.absoluteMs : Date.now();
  const sid = await createSession(tx, row.id, new Date(begun));
  const token = await encode({ token: { sid }, secret: authSecret().reveal(), maxAge: 7 * 86_400 });
  return { personId: row.id, displayId: null, cookie: `${sessionCookieName()}=${token}` };
}

const keyOf = (scope: WorkspaceScope) => (scope.kind === "all" ? "all" : [...scope.ids].sort().join());
const isList = (scope: WorkspaceScope) => scope.kind === "list";

/** Brings memberships and displays to these scopes, in as few statements as there are. */
async function writeScopes(
  tx: Tx,
  organisation: Readonly<Record<Actor["org"], string>>,
  changed: readonly (readonly [Actor, WorkspaceScope, Stored])[],
): Promise<void> {
  const persons = changed.flatMap(([actor, scope, { personId }]) =>
    personId === null ? [] : [{ actor, scope, personId }],
  );
  if (persons.length > 0) {
    const ids = (wanted: boolean) =>
      persons.filter(({ scope }) => isList(scope) === wanted).map((each) => each.personId);
    for (const kind of ["all", "list"] as const)
      await tx
        .update(memberships)
        .set({ scope: kind })
        .where(inArray(memberships.personId, ids(kind === "list")));
    await tx.delete(membershipWorkspaces).where(
      inArray(
        membershipWorkspaces.personId,
        persons.map((each) => each.personId),
      ),
    );
    const rows = persons.flatMap(({ actor, scope, personId }) =>
      scope.kind === "all"
        ? []
        : [...scope.ids].map((workspaceId) => ({
            personId,
            organisationId: organisation[actor.org],
            workspaceId,
          })),
    );
    if (rows.length > 0) await tx.insert(membershipWorkspaces).values(rows);
  }
  for (const [, scope, { displayId }] of changed)
    if (displayId !== null)
      await tx
        .update(displays)
        .set({ scope: scope.kind, workspaceIds: scope.kind === "all" ? [] : [...scope.ids] })
        .where(eq(displays.id, displayId));
}

/**
 * The actors as rows of the open store, known to the running code by their cookies alone. `later` is called after each change: it lets
 * the time pass that a caller may be remembered for.
 */
export async function storedCallers(
  later: () => void,
): Promise<MatrixCallers & { readonly organisationId: string }> {
  const organisation = await withPlatform(async (tx) => {
    const made = await tx
      .insert(organisations)
      .values(["main", "globex"].map((slug) => ({ slug, name: slug })))
      .returning({ id: organisations.id });
    return { main: made[0]?.id ?? "", globex: made[1]?.id ?? "" };
  });
  const stored = new Map<Actor, Stored>();
  for (const actor of actors) {
    if (actor.standing === null) continue;
    const store = actor.standing === "display" ? storeDisplay : storePerson;
    stored.set(actor, await withPlatform((tx) => store(tx, actor, organisation[actor.org])));
  }
  const placed = new Map<Actor, string>();
  return {
    organisationId: organisation.main,
    headersOf: (actor) => ({ cookie: stored.get(actor)?.cookie ?? "" }),
    async place(scopes) {
      const changed = [...scopes].flatMap(([actor, scope]) => {
        const found = stored.get(actor);
        return found && placed.get(actor) !== keyOf(scope) ? [[actor, scope, found] as const] : [];
      });
      if (changed.length === 0) return;
      await withPlatform((tx) => writeScopes(tx, organisation, changed));
      for (const [actor, scope] of changed) placed.set(actor, keyOf(scope));
      later();
    },
  };
}
