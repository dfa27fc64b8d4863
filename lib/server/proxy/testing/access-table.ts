import { type OperationId, operationIds, registry } from "@/lib/contract";
import type { Role } from "@/lib/domain/access";

/** The walk has a matrix of its own (`lib/server/walk`): its answer is ours and not upstream's. */
export const matrixOperations = operationIds.filter((id) => id !== "incidents.acrossWorkspaces");

/**
 * What a role may call, written down by hand and not derived from the code under test: by domain for reads, by name for changes.
 */
const readsOf: Readonly<Record<Role, readonly string[]>> = {
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
const changesOf: Readonly<Record<Role, readonly string[] | "all">> = {
  viewer: [],
  analyst: ticketChanges,
  manager: ticketChanges,
  admin: "all",
};

export function mayCall(role: Role, id: OperationId): boolean {
  if (registry[id].kind === "query") return readsOf[role].includes(id.split(".")[0] ?? "");
  const changes = changesOf[role];
  return changes === "all" || changes.includes(id);
}

export interface Actor {
  readonly name: string;
  readonly role: Role | null;
  /** In which organisation; the calls go to `main`. */
  readonly org: "main" | "globex";
  readonly scope: "all" | "A" | "A+B";
}

/** Nobody, an ended session and a disabled person are one and the same here: `authenticate` knows none of them (tested at the sessions). */
export const actors: readonly Actor[] = [
  { name: "nobody", role: null, org: "main", scope: "all" },
  { name: "viewer of all", role: "viewer", org: "main", scope: "all" },
  { name: "analyst of all", role: "analyst", org: "main", scope: "all" },
  { name: "analyst of A", role: "analyst", org: "main", scope: "A" },
  { name: "manager of A", role: "manager", org: "main", scope: "A" },
  { name: "manager of A+B", role: "manager", org: "main", scope: "A+B" },
  { name: "manager of all", role: "manager", org: "main", scope: "all" },
  { name: "admin", role: "admin", org: "main", scope: "all" },
  { name: "admin of A", role: "admin", org: "main", scope: "A" },
  { name: "admin of another tenant", role: "admin", org: "globex", scope: "all" },
];

export const states = [
  "allowed",
  "not allowed",
  "other tenant",
  "unknown",
  "taken away a moment ago",
  "malformed",
] as const;
