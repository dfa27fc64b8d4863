"use client";

import { useRef } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { onDemand } from "@/components/ui/on-demand";
import { GamebookFilters } from "./gamebook-filters";
import { GamebookHistory } from "./history/gamebook-history";
import { useGamebookView } from "./use-gamebook-view";

/** Their code comes with the first look at them. */
const Approvals = onDemand(() => import("./approval/approvals").then((module) => module.Approvals));
const Reliability = onDemand(() => import("./reliability/reliability").then((module) => module.Reliability));

/** Gamebook runs over all customers: what ran, what waits, and how reliably it goes. */
export function GamebooksPage() {
  return (
    <NeedsPermission permission="gamebooks:read" title="Gamebooks are not part of your role">
      <Gamebooks />
    </NeedsPermission>
  );
}

function Gamebooks() {
  const view = useGamebookView();
  const searchRef = useRef<HTMLInputElement>(null);
  const gridRef = useRef<ListHandle>(null);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <GamebookFilters view={view} searchRef={searchRef} onLeaveSearch={() => gridRef.current?.focus()} />
      {view.view === "history" ? (
        <GamebookHistory view={view} searchRef={searchRef} gridRef={gridRef} />
      ) : view.view === "approval" ? (
        <Approvals view={view} searchRef={searchRef} gridRef={gridRef} />
      ) : (
        <Reliability view={view} searchRef={searchRef} />
      )}
    </div>
  );
}
