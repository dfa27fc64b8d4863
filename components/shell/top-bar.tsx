"use client";

import {
  ChevronsUpDown,
  Contrast,
  Keyboard,
  LogOut,
  MenuIcon,
  Monitor,
  Moon,
  Search,
  Sun,
  UserRound,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { useModKey } from "@/components/ui/use-mod-key";
import { otherZone, zoneName } from "@/lib/domain/time";
import { routes } from "@/lib/routes";
import { useClock } from "./clock";
import { useShownTitle } from "./page-title";
import { pageOf, pages } from "./pages";
import { useSession } from "./session";
import { leave } from "./sign-out";
import { setTheme, type Theme, useTheme } from "./theme";
import { useShownZone, useZone } from "./time";

/** Organisation, page title, and the choices that hold for every page. */
export function TopBar(props: { readonly onHelp: () => void; readonly onFind: () => void }) {
  const { organisation } = useSession();
  const here = pageOf(organisation.slug, usePathname());
  const title = useShownTitle() ?? here?.label ?? organisation.name;
  return (
    <header>
      <div className="flex h-top items-center gap-1 border-b border-line bg-page pr-2 pl-1 sm:pl-2">
        <PagesMenu />
        <OrganisationName />
        <span aria-hidden="true" className="mx-1 hidden h-4 border-l border-line sm:block" />
        <div className="min-w-0 flex-1 pl-1">
          <p className="truncate text-12 text-quiet sm:hidden">{organisation.name}</p>
          <h1 className="truncate text-14 font-semibold text-strong">{title}</h1>
        </div>
        <FindButton onFind={props.onFind} />
        <ZoneButton />
        <ThemeMenu />
        <PersonMenu onHelp={props.onHelp} />
      </div>
    </header>
  );
}

/** Narrow screens have no rail: its pages, and other organisations, are in this menu. */
function PagesMenu() {
  const { organisation, otherOrganisations, permissions } = useSession();
  const here = pageOf(organisation.slug, usePathname());
  const items: (MenuItem | "separator")[] = pages
    .filter(({ permission }) => permissions.includes(permission))
    .map(({ label, icon, href }) => ({
      label,
      icon,
      href: href(organisation.slug),
      checked: label === here?.label,
    }));
  if (otherOrganisations.length > 0) items.push("separator", ...organisationItems(otherOrganisations));
  return (
    <Menu
      label="Pages"
      items={items}
      trigger={(props) => <IconButton {...props} icon={MenuIcon} label="Pages" className="sm:hidden" />}
    />
  );
}

const organisationItems = (organisations: readonly { slug: string; name: string }[]): MenuItem[] =>
  organisations.map(({ slug, name }) => ({ label: name, href: routes.incidents(slug) }));

function OrganisationName() {
  const { organisation, otherOrganisations } = useSession();
  if (otherOrganisations.length === 0)
    return <p className="hidden max-w-60 truncate px-2 text-13 text-quiet sm:block">{organisation.name}</p>;
  const items = organisationItems([organisation, ...otherOrganisations]).map((item, n) => ({
    ...item,
    checked: n === 0,
  }));
  return (
    <Menu
      label="Organisation"
      items={items}
      trigger={(props) => (
        <Button {...props} variant="quiet" className="max-w-60 max-sm:hidden">
          <span className="truncate">{organisation.name}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
        </Button>
      )}
    />
  );
}

/** Opens the palette; a sign where there is no room for words. */
function FindButton({ onFind }: { readonly onFind: () => void }) {
  const mod = useModKey();
  return (
    <button
      type="button"
      aria-label="Search or jump"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onFind}
      className="inline-flex h-8 shrink-0 items-center gap-2 rounded-control px-2 text-13 text-quiet hover:bg-raised hover:text-strong lg:w-60 lg:border lg:border-line lg:bg-panel"
    >
      <Search aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
      <span className="flex-1 text-left max-lg:hidden">Search or jump</span>
      <span aria-hidden="true" className="text-12 max-lg:hidden">
        {mod} K
      </span>
    </button>
  );
}

/** A zone's name changes twice a year at most; an hour is soon enough. */
const zoneEveryMs = 3_600_000;

function ZoneButton() {
  const { zone, setZone } = useZone();
  const shown = useShownZone();
  const nowMs = useClock(zoneEveryMs);
  const next = otherZone(zone);
  return (
    <Button
      variant="quiet"
      className="min-w-14 px-2"
      aria-label={`Times are in ${zone === "utc" ? "UTC" : "local time"}. Show ${next === "utc" ? "UTC" : "local time"}`}
      data-tip={`Show times in ${next === "utc" ? "UTC" : "local time"}  u`}
      onClick={() => setZone(next)}
    >
      {zoneName(shown, nowMs)}
    </Button>
  );
}

const themes: readonly { theme: Theme; label: string; icon: typeof Moon }[] = [
  { theme: "dark", label: "Dark", icon: Moon },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "system", label: "Like the system", icon: Monitor },
];

function ThemeMenu() {
  const chosen = useTheme();
  return (
    <Menu
      label="Theme"
      align="end"
      items={themes.map(({ theme, label, icon }) => ({
        label,
        icon,
        checked: theme === chosen,
        run: () => setTheme(theme),
      }))}
      trigger={(props) => <IconButton {...props} icon={Contrast} label="Theme" />}
    />
  );
}

function PersonMenu({ onHelp }: { readonly onHelp: () => void }) {
  const { person, role, organisation } = useSession();
  const name = person.name || person.email;
  return (
    <Menu
      label="You"
      align="end"
      header={
        <>
          <p className="truncate font-medium text-strong">{name}</p>
          <p className="truncate text-12 text-quiet">{person.email}</p>
          <p className="truncate text-12 text-quiet">
            {role} at {organisation.name}
          </p>
        </>
      }
      items={[
        { label: "Your account and sessions", icon: UserRound, href: routes.account(organisation.slug) },
        { label: "Keyboard shortcuts", icon: Keyboard, shortcut: "?", run: onHelp },
        { label: "Sign out", icon: LogOut, run: leave },
      ]}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          aria-label={`You: ${name}`}
          data-tip={name}
          className="ml-1 inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-raised text-12 font-semibold text-strong hover:border-edge"
        >
          {initials(name)}
        </button>
      )}
    />
  );
}

function initials(name: string): string {
  const [first = "", second] = name.split(/[\s@.]+/).filter(Boolean);
  return (second ? `${first.charAt(0)}${second.charAt(0)}` : first.slice(0, 2)).toUpperCase();
}
