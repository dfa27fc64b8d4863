import type { Permission } from "@/lib/contract/permission";

/** What a person may do inside Watchfloor itself, beside the upstream operations. */
export type OwnPermission =
  | "workspaces:read"
  | "overlay:write"
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
];
const analyst: readonly AnyPermission[] = [...viewer, "tickets:manage", "overlay:write"];
const manager: readonly AnyPermission[] = [
  ...analyst,
  "webhooks:read",
  "workspaces:manage",
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

/** The one table from role to permissions. */
export const rolePermissions: Readonly<Record<Role, ReadonlySet<AnyPermission>>> = {
  viewer: new Set(viewer),
  analyst: new Set(analyst),
  manager: new Set(manager),
  admin: new Set(admin),
};

/** Which workspaces of an organisation a person may see: all of them, or exactly these ids (lower-case GUIDs). */
export type WorkspaceScope =
  | { readonly kind: "all" }
  | { readonly kind: "list"; readonly ids: ReadonlySet<string> };

/** A person in one organisation, as read from the database for this very request. */
export interface Membership {
  readonly organisationId: string;
  readonly organisationSlug: string;
  readonly organisationName: string;
  readonly role: Role;
  readonly scope: WorkspaceScope;
}

/** Who is asking. Built by `lib/server/auth` from the session row, never from anything the browser says. */
export interface Principal {
  readonly personId: string;
  readonly sessionId: string;
  readonly email: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
}

export type AccessDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "permission" | "workspace" };

/** True when the scope covers this workspace. Ids are compared without regard to case. */
export function coversWorkspace(scope: WorkspaceScope, workspaceId: string): boolean {
  return scope.kind === "all" || scope.ids.has(workspaceId.toLowerCase());
}

/**
 * The pure access decision. The server throws on it (`lib/server/access`), the screen hides by it (`useCan`).
 * A refused workspace is reported to the caller as missing, never as forbidden.
 */
export function decideAccess(
  membership: Membership,
  permission: AnyPermission,
  workspaceId: string | null,
): AccessDecision {
  if (!rolePermissions[membership.role].has(permission)) return { allowed: false, reason: "permission" };
  if (workspaceId !== null && !coversWorkspace(membership.scope, workspaceId))
    return { allowed: false, reason: "workspace" };
  return { allowed: true };
}
