import {
  Cable,
  LayoutGrid,
  type LucideIcon,
  Settings,
  Siren,
  Waypoints,
  Webhook,
  Workflow,
} from "lucide-react";
import type { AnyPermission } from "@/lib/domain/access";
import { routes } from "@/lib/routes";

export interface PageEntry {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly href: (org: string) => string;
  readonly permission: AnyPermission;
  readonly keys: string;
}

/** The pages of the rail, in its order: those that exist, and no others. */
export const pages: readonly PageEntry[] = [
  { label: "Incidents", icon: Siren, href: routes.incidents, permission: "incidents:read", keys: "g i" },
  {
    label: "Campaigns",
    icon: Waypoints,
    href: (org) => routes.campaigns(org),
    permission: "incidents:read",
    keys: "g c",
  },
  {
    label: "Gamebooks",
    icon: Workflow,
    href: (org) => routes.gamebooks(org),
    permission: "gamebooks:read",
    keys: "g b",
  },
  {
    label: "Data sources",
    icon: Cable,
    href: (org) => routes.dataSources(org),
    permission: "datasources:read",
    keys: "g d",
  },
  {
    label: "Workspaces",
    icon: LayoutGrid,
    href: (org) => routes.workspaces(org),
    permission: "workspaces:read",
    keys: "g k",
  },
  { label: "Webhooks", icon: Webhook, href: routes.webhooks, permission: "webhooks:read", keys: "g w" },
  {
    label: "Administration",
    icon: Settings,
    href: routes.admin,
    permission: "connection:manage",
    keys: "g a",
  },
];

/** The page that an address belongs to; null outside all of them. */
export function pageOf(org: string, pathname: string): PageEntry | null {
  return (
    pages.find((page) => pathname === page.href(org) || pathname.startsWith(`${page.href(org)}/`)) ?? null
  );
}
