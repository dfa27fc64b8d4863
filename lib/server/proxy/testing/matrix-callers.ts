import type { Caller, Standing, WorkspaceScope } from "@/lib/domain/access";
import { type Actor, actors } from "./access-table";
import { organisationId } from "./harness";

/** What the actors may see, by name. */
export type Scopes = ReadonlyMap<Actor, WorkspaceScope>;

/** The actors of the matrix as the proxy meets them. */
export interface MatrixCallers {
  /** From the next call on each of these actors sees exactly this. */
  place(scopes: Scopes): Promise<void>;
  /** With which an actor asks. */
  headersOf(actor: Actor): Readonly<Record<string, string>>;
}

/** Callers without a store: `authenticate` knows the header by which they ask. */
export function memoryCallers(): MatrixCallers & {
  readonly authenticate: (headers: Headers) => Promise<Caller | null>;
} {
  const known = new Map<string, Caller>();
  // Whoever is turned away before their sight matters is never placed, and still is somebody.
  for (const actor of actors) {
    const caller = callerOf(actor, { kind: "list", ids: new Set() });
    if (caller) known.set(actor.name, caller);
  }
  return {
    place(scopes) {
      for (const [actor, scope] of scopes) {
        const caller = callerOf(actor, scope);
        if (caller) known.set(actor.name, caller);
      }
      return Promise.resolve();
    },
    headersOf: ({ name }) => ({ "x-asking": name }),
    authenticate: (headers) => Promise.resolve(known.get(headers.get("x-asking") ?? "") ?? null),
  };
}

function callerOf({ standing, ended, org, name }: Actor, scope: WorkspaceScope): Caller | null {
  if (standing === null || ended) return null;
  const place =
    org === "main"
      ? { organisationId, organisationSlug: "main", organisationName: "Main" }
      : {
          organisationId: organisationId.replace(/^./, "f"),
          organisationSlug: "globex",
          organisationName: "Globex",
        };
  if (standing === "display")
    return {
      personId: null,
      displayId: name,
      name,
      memberships: [{ ...place, role: "display", scope } satisfies Standing],
    };
  const memberships = [{ ...place, role: standing, scope }];
  return { personId: name, sessionId: name, email: `${standing}@demo.test`, name, memberships };
}
