import type { AnyPermission } from "@/lib/domain/access";
import { routes } from "@/lib/routes";

export interface AdminSection {
  readonly label: string;
  readonly href: (org: string) => string;
  readonly permission: AnyPermission;
}

/** The pages under Administration, in the order of their links: those that exist, and no others. */
export const adminSections: readonly AdminSection[] = [
  { label: "Members", href: routes.members, permission: "members:manage" },
  { label: "Connection", href: routes.connection, permission: "connection:manage" },
  { label: "Audit", href: routes.audit, permission: "audit:read" },
];
