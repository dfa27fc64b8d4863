"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
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

/** Seldom opened: its code comes when it is. */
const HelpDialog = dynamic(() => import("./help-dialog").then((module) => module.HelpDialog), { ssr: false });

/** The frame round every page of an organisation: rail, top bar, page, status line. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const help = () => setHelpOpen(true);
  useFrameShortcuts(help);
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] sm:grid-cols-[auto_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only z-30 rounded-control bg-accent-solid px-3 py-2 text-13 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Rail className="row-span-2 hidden w-rail sm:flex wide:w-rail-wide" />
      <TopBar onHelp={help} />
      <main id="page" tabIndex={-1} className="min-h-0 overflow-auto outline-none">
        {children}
      </main>
      <StatusLine className="sm:col-span-2" />
      <TooltipLayer />
      <ToastRegion />
      {isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null}
    </div>
  );
}

function useFrameShortcuts(help: () => void): void {
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
    { keys: "?", label: "This help", run: help },
  ]);
}
