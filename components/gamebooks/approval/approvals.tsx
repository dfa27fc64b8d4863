"use client";

import { UserCheck } from "lucide-react";
import type { RefObject } from "react";
import { FailurePanel } from "@/components/data/failure-panel";
import { ListFoot } from "@/components/data/list/list-foot";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useStatusLine } from "@/components/shell/status-line";
import { Time } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { ageBands } from "@/lib/domain/gamebook-approvals";
import { runKey } from "@/lib/domain/gamebook-run";
import { runNoun } from "@/lib/domain/gamebook-view";
import { Figure, Figures } from "../figures";
import { PortalLink } from "../portal-link";
import { gamebookKeyOf } from "../run-href";
import type { GamebookView } from "../use-gamebook-view";
import { approvalColumns, approvalListWidth } from "./columns";
import { useApprovals } from "./use-approvals";

const RunDrawer = onDemand(() => import("../run/run-drawer").then((module) => module.RunDrawer));

export interface ApprovalsProps {
  readonly view: GamebookView;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly gridRef: RefObject<ListHandle | null>;
}

type Waiting = ReturnType<typeof useApprovals>;

/** Runs that wait for somebody, the oldest first. */
export function Approvals({ view, searchRef, gridRef }: ApprovalsProps) {
  const waiting = useApprovals(view);
  const { newest, rows } = waiting;
  const { listing } = newest;
  const { open } = view;
  const openKey = open === null ? null : runKey({ id: open.gamebookId, workspaceId: open.workspaceId });
  const list = useList({
    gridRef,
    rows,
    keyOf: runKey,
    openKey,
    onOpen: (run) => view.setOpen(gamebookKeyOf(run)),
    onClose: () => view.setOpen(null),
  });
  useListShortcuts({
    group: "Waiting runs",
    noun: "run",
    isOpen: open !== null,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: waiting.refresh,
    searchRef,
  });
  const text = useWords(waiting);
  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label="Runs that wait" className="flex min-w-0 flex-1 flex-col">
        <ListStatus text={text} testId="gamebook-count" asOf={listing.asOf} onRefresh={waiting.refresh} />
        <Bands waiting={waiting} />
        <ListGrid
          ref={gridRef}
          label="Runs that wait"
          columns={approvalColumns}
          width={approvalListWidth}
          rows={rows}
          keyOf={runKey}
          cursorKey={list.cursor?.key ?? null}
          openKey={openKey}
          density="normal"
          sort={null}
          onPick={list.pick}
          isComplete={waiting.isSure}
          isLoading={listing.isLoading || (listing.isReading && rows.length === 0)}
          empty={<Nothing waiting={waiting} />}
        />
        <ListFoot listing={{ ...listing, isComplete: newest.isCovered }} noun={runNoun} />
      </section>
      {open === null ? null : (
        <RunDrawer gamebook={open} onPrevious={list.onPrevious} onNext={list.onNext} onClose={list.close} />
      )}
    </div>
  );
}

function useWords({ newest, approvals, queued, isSure, basis }: Waiting): string {
  const { isLoading, isReading, error } = newest.listing;
  const count = `${approvals.toLocaleString("en")} ${approvals === 1 ? "waits" : "wait"} for approval, ${queued.toLocaleString("en")} for ${queued === 1 ? "its" : "their"} turn`;
  const text = isLoading ? "Reading runs" : `${isSure ? count : `At least ${count}`} · ${basis}`;
  const tone = error !== null ? "failed" : isReading ? "busy" : "live";
  useStatusLine({ tone, summary: text });
  return text;
}

/** How old they are, and the oldest by name. */
function Bands({ waiting }: { readonly waiting: Waiting }) {
  const { bands, oldest, newest } = waiting;
  const isKnown = !newest.listing.isLoading;
  return (
    <div className="shrink-0 border-b border-line px-3 py-2">
      <Figures label="Waiting for approval, by age">
        {ageBands.map(({ weight, label }) => (
          <Figure key={weight} name={label} value={isKnown ? bands[weight].toLocaleString("en") : "–"} />
        ))}
        <Figure
          name="oldest"
          value={oldest === null ? "–" : <Time value={oldest.creationDate} />}
          note={oldest === null ? undefined : (oldest.workspaceName ?? "workspace not named")}
        />
      </Figures>
      <PortalLink className="mt-1.5" />
    </div>
  );
}

function Nothing({ waiting }: { readonly waiting: Waiting }) {
  const { newest, isSure, basis } = waiting;
  const { listing } = newest;
  if (listing.error !== null)
    return <FailurePanel error={listing.error} onRetry={listing.more} retryLabel="Continue" />;
  return (
    <EmptyState
      icon={UserCheck}
      title={isSure ? "No run waits" : "None of the runs read so far waits"}
      action={newest.isCovered ? undefined : <Button onClick={listing.more}>Read more</Button>}
    >
      Looked {basis}.
    </EmptyState>
  );
}
