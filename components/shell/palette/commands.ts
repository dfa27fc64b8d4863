"use client";

import { Building2, Clock, Contrast, Keyboard, LogOut, type LucideIcon, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { adminSections } from "@/components/admin/sections";
import type { Findable } from "@/lib/domain/command-match";
import { otherZone } from "@/lib/domain/time";
import { routes } from "@/lib/routes";
import { pages } from "../pages";
import { useSession } from "../session";
import { leave } from "../sign-out";
import { setTheme, type Theme, useTheme } from "../theme";
import { useZone } from "../time";

export interface Command extends Findable {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly shortcut?: string;
  /** Stands behind everything else, so that a hasty Enter never does it. */
  readonly isLast?: boolean;
  readonly run: () => void;
}

const themes: readonly { readonly theme: Theme; readonly label: string; readonly also: string }[] = [
  { theme: "dark", label: "Theme: dark", also: "night look" },
  { theme: "light", label: "Theme: light", also: "day look" },
  { theme: "system", label: "Theme: like the system", also: "look" },
];

/** Everything that the palette can do beside finding incidents, for this person in this organisation. */
export function useCommands(onHelp: () => void): readonly Command[] {
  const router = useRouter();
  const { organisation, otherOrganisations, permissions } = useSession();
  const { zone, setZone } = useZone();
  const chosen = useTheme();
  const org = organisation.slug;
  const goTo = (address: string) => () => router.push(address);
  return [
    ...pages
      .filter(({ permission }) => permissions.includes(permission))
      .map(({ label, icon, href, keys }) => ({
        id: `page ${label}`,
        label: `Go to ${label.toLowerCase()}`,
        icon,
        shortcut: keys,
        run: goTo(href(org)),
      })),
    ...adminSections
      .filter(({ permission }) => permissions.includes(permission))
      .map(({ label, href }) => ({
        id: `admin ${label}`,
        label: `Go to ${label.toLowerCase()}`,
        also: "administration settings",
        icon: Settings,
        run: goTo(href(org)),
      })),
    ...otherOrganisations.map(({ slug, name }) => ({
      id: `organisation ${slug}`,
      label: `Switch to ${name}`,
      also: "organisation",
      icon: Building2,
      run: goTo(routes.incidents(slug)),
    })),
    ...themes
      .filter(({ theme }) => theme !== chosen)
      .map(({ theme, label, also }) => ({
        id: `theme ${theme}`,
        label,
        also,
        icon: Contrast,
        run: () => setTheme(theme),
      })),
    {
      id: "zone",
      label: zone === "utc" ? "Times in local time" : "Times in UTC",
      also: "time zone clock",
      icon: Clock,
      shortcut: "u",
      run: () => setZone(otherZone(zone)),
    },
    {
      id: "help",
      label: "Keyboard shortcuts",
      also: "help keys",
      icon: Keyboard,
      shortcut: "?",
      run: onHelp,
    },
    { id: "leave", label: "Sign out", also: "log out leave", icon: LogOut, isLast: true, run: leave },
  ];
}
