"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { ToastRegion } from "@/components/ui/toast";
import { TooltipLayer } from "@/components/ui/tooltip";
import { otherZone } from "@/lib/domain/time";
import { pages } from "./pages";
import { Rail } from "./rail";
import { useSession } from "./session";
import { useShortcuts } from "./shortcuts";
import { StatusLine } from "./status-line";
import { useZone } from "./time";
import { TopBar } from "./top-bar";

/** Not always opened: their code comes when they are. */
const HelpDialog = onDemand(() => import("./help-dialog").then((module) => module.HelpDialog));
const CommandPalette = onDemand(() =>
  import("./palette/command-palette").then((module) => module.CommandPalette),
);

/** The frame round every page of an organisation: rail, top bar, page, status line. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState<"help" | "palette" | null>(null);
  const help = () => setOpen("help");
  const find = () => setOpen("palette");
  const close = () => setOpen(null);
  useFrameShortcuts(help, find);
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] sm:grid-cols-[auto_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only z-30 rounded-control bg-accent-solid px-3 py-2 text-13 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Rail className="row-span-2 hidden w-rail sm:flex wide:w-rail-wide" />
      <TopBar onHelp={help} onFind={find} />
      <main id="page" tabIndex={-1} className="min-h-0 overflow-auto outline-none">
        {children}
      </main>
      <StatusLine className="sm:col-span-2" />
      <TooltipLayer />
      <ToastRegion />
      {open === "help" ? <HelpDialog onClose={close} /> : null}
      {open === "palette" ? <CommandPalette onClose={close} onHelp={help} /> : null}
    </div>
  );
}

function useFrameShortcuts(help: () => void, find: () => void): void {
  const router = useRouter();
  const { organisation, permissions } = useSession();
  const { zone, setZone } = useZone();
  useShortcuts("Everywhere", [
    ...pages
      .filter(({ permission }) => permissions.includes(permission))
      .map(({ keys, label, href }) => ({
        keys,
        label: `Go to ${label.toLowerCase()}`,
        run: () => router.push(href(organisation.slug)),
      })),
    { keys: "u", label: "Times in UTC or local", run: () => setZone(otherZone(zone)) },
    { keys: "Mod+k", label: "Search or jump", run: find },
    { keys: "?", label: "This help", run: help },
  ]);
}
