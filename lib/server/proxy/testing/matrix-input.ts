import { type OperationId, registry } from "@/lib/contract";
import type { WorkspaceScope } from "@/lib/domain/access";
import { type Actor, type State } from "./access-table";

export type Values = { params?: object; query?: object; body?: unknown };

/** Workspaces of one operation's cells: `own` is the one that its example is about. */
export interface Places {
  readonly own: string;
  readonly second: string;
  readonly third: string;
  readonly foreign: string;
}

export const unknownWorkspace = "deadbeef-0000-4000-8000-00000000dead";
const malformedWorkspace = "not-a-guid";

/** The workspace that a call of this state asks about. */
export function askedIn(state: State, { own, third, foreign }: Places): string {
  return {
    allowed: own,
    "taken away a moment ago": own,
    "not allowed": third,
    "other tenant": foreign,
    unknown: unknownWorkspace,
    malformed: malformedWorkspace,
  }[state];
}

type Naming = (example: Values, workspaceId: string) => Values;

const inBody =
  (member: string, wrap: (id: string) => unknown): Naming =>
  (example, id) => ({ ...example, body: { ...(example.body as object), [member]: wrap(id) } });
const assignments = (workspaceId: string) => [{ workspaceId, role: "IncidentAnalyst" }];

/** How a call outside a workspace's path names one; written by hand, beside the code under test. */
const namings: { readonly [Id in OperationId]?: Naming } = {
  "gamebooks.acrossHistory": (_, id) => ({ query: { currentPage: 1, workspaces: id } }),
  "datasources.acrossWorkspaces": (_, id) => ({ query: { workspaceIds: [id] } }),
  "datasources.anomalies": (_, id) => ({ body: { workspaceIds: [id] } }),
  "users.workspaceUsers": inBody("accountId", (id) => id),
  "users.assign": inBody("accountId", (id) => id),
  "serviceAccounts.create": inBody("workspaceAssignments", assignments),
  "serviceAccounts.update": inBody("workspaceAssignments", assignments),
};

/** The example about another workspace; null when the call names none. */
export function about(id: OperationId, example: Values, workspaceId: string): Values | null {
  if (registry[id].tenancy === "path") return { ...example, params: { ...example.params, workspaceId } };
  return namings[id]?.(example, workspaceId) ?? null;
}

const only = (...ids: readonly string[]): WorkspaceScope => ({
  kind: "list",
  ids: new Set(ids.map((each) => each.toLowerCase())),
});

/**
 * What an actor may see while a state is tried. A call that names no workspace cannot be asked about one: there the state is what the
 * actor's own list holds.
 */
export function scopeIn(state: State, actor: Actor, places: Places, isNaming: boolean): WorkspaceScope {
  const { own, second } = places;
  if (state === "taken away a moment ago") return only(second);
  if (actor.scope === "all") return { kind: "all" };
  if (!isNaming && state !== "allowed") return only(askedIn(state, places));
  return actor.scope === "A" ? only(own) : only(own, second);
}

/** Whoever sees all workspaces of the tenant has none that is not allowed, and only a list can hold odd ones. */
export function isPossible(state: State, actor: Actor, isNaming: boolean): boolean {
  if (actor.scope !== "all" || state === "allowed" || state === "taken away a moment ago") return true;
  return isNaming && state !== "not allowed";
}
