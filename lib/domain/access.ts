import type { Permission } from "@/lib/contract/permission";

/** What a person may do inside Watchfloor itself, beside the upstream operations. */
export type OwnPermission =
  | "workspaces:read"
  /** Reads that upstream writes an audit trace about: somebody must have wanted them. */
  | "traces:leave"
  | "overlay:write"
  /** Show a saved view of one's own to the whole organisation. */
  | "views:share"
  /** Change and delete what others have shared. */
  | "views:manage"
  | "workspaces:manage"
  | "displays:manage"
  | "reports:manage"
  | "connection:manage"
  | "members:manage"
  | "audit:read";

export type AnyPermission = Permission | OwnPermission;

export const roles = ["viewer", "analyst", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

const viewer: readonly AnyPermission[] = [
  "incidents:read",
  "gamebooks:read",
  "datasources:read",
  "tickets:read",
  "investigation:read",
  "workspaces:read",
  "traces:leave",
];
const analyst: readonly AnyPermission[] = [...viewer, "tickets:manage", "overlay:write", "views:share"];
const manager: readonly AnyPermission[] = [
  ...analyst,
  "webhooks:read",
  "workspaces:manage",
  "views:manage",
  "displays:manage",
  "reports:manage",
];
const admin: readonly AnyPermission[] = [
  ...manager,
  "webhooks:manage",
  "service-accounts:read",
  "service-accounts:manage",
  "users:read",
  "users:manage",
  "azure:read",
  "rules:manage",
  "connection:manage",
  "members:manage",
  "audit:read",
];

/** A screen on a wall: anybody who walks past reads it, so it gets what is shown there and nothing else. */
const display: readonly AnyPermission[] = [
  "incidents:read",
  "gamebooks:read",
  "datasources:read",
  "workspaces:read",
];

/** The one table from role to permissions. `display` is no role that a person can be given. */
export const rolePermissions: Readonly<Record<Role | "display", ReadonlySet<AnyPermission>>> = {
  display: new Set(display),
  viewer: new Set(viewer),
  analyst: new Set(analyst),
  manager: new Set(manager),
  admin: new Set(admin),
};

/** Which workspaces of an organisation a person may see: all of them, or exactly these ids (lower-case GUIDs). */
export type WorkspaceScope =
  | { readonly kind: "all" }
  | { readonly kind: "list"; readonly ids: ReadonlySet<string> };

/** What somebody, or a screen, may do and see in one organisation, as read from the database for this very request. */
export interface Standing {
  readonly organisationId: string;
  readonly organisationSlug: string;
  readonly organisationName: string;
  readonly role: Role | "display";
  readonly scope: WorkspaceScope;
}

/** A person in one organisation. */
export interface Membership extends Standing {
  readonly role: Role;
}

/** A person who is asking. Built by `lib/server/auth` from the session row, never from anything the browser says. */
export interface Principal {
  readonly personId: string;
  readonly sessionId: string;
  readonly email: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
}

/** A paired screen that is asking, with nobody at it. Built by `lib/server/displays` from its row; it has one standing. */
export interface DisplayPrincipal {
  readonly personId: null;
  readonly displayId: string;
  readonly name: string;
  readonly memberships: readonly (Standing & { readonly role: "display" })[];
}

/** Who is asking. */
export type Caller = Principal | DisplayPrincipal;

/** What cursors, page tokens and walks are bound to: the person's id, or the display's under a prefix that no person's has. */
export function callerIdOf(caller: Caller): string {
  return caller.personId ?? `display:${caller.displayId}`;
}

export type AccessDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "permission" | "workspace" };

/**
 * True when the scope covers this workspace. Ids are compared without regard to case. What names no workspace (null or empty) is nobody's
 * in particular: only for those who see all.
 */
export function coversWorkspace(scope: WorkspaceScope, workspaceId: string | null): boolean {
  if (scope.kind === "all") return true;
  return workspaceId !== null && workspaceId !== "" && scope.ids.has(workspaceId.toLowerCase());
}

/** True when whoever has the outer scope sees all that the inner one covers. */
export function isWithin(inner: WorkspaceScope, outer: WorkspaceScope): boolean {
  if (outer.kind === "all") return true;
  return inner.kind === "list" && [...inner.ids].every((id) => coversWorkspace(outer, id));
}

/**
 * The pure access decision, for people and displays alike. The server throws on it (`lib/server/access`), the screen hides by it (`useCan`).
 * A refused workspace is reported to the caller as missing, never as forbidden.
 */
export function decideAccess(
  standing: Standing,
  permission: AnyPermission,
  workspaceId: string | null,
): AccessDecision {
  if (!rolePermissions[standing.role].has(permission)) return { allowed: false, reason: "permission" };
  if (workspaceId !== null && !coversWorkspace(standing.scope, workspaceId))
    return { allowed: false, reason: "workspace" };
  return { allowed: true };
}
