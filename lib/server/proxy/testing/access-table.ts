import { type OperationId, operationIds, registry } from "@/lib/contract";
import type { Role } from "@/lib/domain/access";

export type Standing = Role | "display";

/**
 * What somebody may call, written down by hand and not derived from the code under test: by domain for reads, by name for changes.
 */
const readsOf: Readonly<Record<Standing, readonly string[]>> = {
  display: ["incidents", "gamebooks", "datasources"],
  viewer: ["incidents", "gamebooks", "datasources", "tickets", "investigation"],
  analyst: ["incidents", "gamebooks", "datasources", "tickets", "investigation"],
  manager: ["incidents", "gamebooks", "datasources", "tickets", "investigation", "webhooks"],
  admin: [
    "incidents",
    "gamebooks",
    "datasources",
    "tickets",
    "investigation",
    "webhooks",
    "serviceAccounts",
    "users",
    "azure",
  ],
};
const ticketChanges = ["tickets.link", "tickets.unlink", "tickets.priority"];
const changesOf: Readonly<Record<Standing, readonly string[] | "all">> = {
  display: [],
  viewer: [],
  analyst: ticketChanges,
  manager: ticketChanges,
  admin: "all",
};
/** Upstream writes down who looked: nobody stands at a display. */
const notForDisplays = ["incidents.byEntity"];

export function mayCall(standing: Standing, id: OperationId): boolean {
  if (standing === "display" && notForDisplays.includes(id)) return false;
  if (registry[id].kind === "query") return readsOf[standing].includes(id.split(".")[0] ?? "");
  const changes = changesOf[standing];
  return changes === "all" || changes.includes(id);
}

export interface Actor {
  readonly name: string;
  /** What it is, or would be; null for nobody. */
  readonly standing: Standing | null;
  /** Why it is nobody in spite of its cookie. */
  readonly ended?: "expired" | "disabled" | "revoked";
  /** In which organisation; the calls go to `main`. */
  readonly org: "main" | "globex";
  readonly scope: "all" | "A" | "A+B";
}

/** The twelve of RELIABILITY 1.1a, and three more. */
export const actors: readonly Actor[] = [
  { name: "nobody", standing: null, org: "main", scope: "all" },
  { name: "expired session", standing: "admin", ended: "expired", org: "main", scope: "all" },
  { name: "disabled user", standing: "admin", ended: "disabled", org: "main", scope: "all" },
  { name: "analyst of all", standing: "analyst", org: "main", scope: "all" },
  { name: "analyst of A", standing: "analyst", org: "main", scope: "A" },
  { name: "manager of A", standing: "manager", org: "main", scope: "A" },
  { name: "manager of A+B", standing: "manager", org: "main", scope: "A+B" },
  { name: "admin", standing: "admin", org: "main", scope: "all" },
  { name: "admin of another tenant", standing: "admin", org: "globex", scope: "all" },
  { name: "display for A", standing: "display", org: "main", scope: "A" },
  { name: "display for A+B", standing: "display", org: "main", scope: "A+B" },
  { name: "revoked display", standing: "display", ended: "revoked", org: "main", scope: "A" },
  { name: "viewer of all", standing: "viewer", org: "main", scope: "all" },
  { name: "manager of all", standing: "manager", org: "main", scope: "all" },
  { name: "admin of A", standing: "admin", org: "main", scope: "A" },
];

export const states = [
  "allowed",
  "not allowed",
  "other tenant",
  "unknown",
  "taken away a moment ago",
  "malformed",
] as const;
export type State = (typeof states)[number];

export type Refusal = readonly [status: number, code: string];

/** How an actor is turned away whatever it asks about; null when it depends. */
export function gateOf(actor: Actor, id: OperationId): Refusal | null {
  if (actor.standing === null || actor.ended) return [401, "NOT_SIGNED_IN"];
  if (actor.org !== "main") return [404, "NOT_FOUND"];
  return mayCall(actor.standing, id) ? null : [403, "FORBIDDEN"];
}

/** Ids in the order of the registry; the walk is one of them. */
export const matrixOperations: readonly OperationId[] = operationIds;
