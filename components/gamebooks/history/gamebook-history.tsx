"use client";

import { SearchX, Workflow } from "lucide-react";
import { type RefObject, useMemo } from "react";
import { FailurePanel } from "@/components/data/failure-panel";
import { ListFoot } from "@/components/data/list/list-foot";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useStatusLine } from "@/components/shell/status-line";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { runKey } from "@/lib/domain/gamebook-run";
import { runNoun } from "@/lib/domain/gamebook-view";
import type { GamebookView } from "../use-gamebook-view";
import { historyColumns, historyListWidth } from "./columns";
import { LinesProvider } from "./lines";
import { type History, useHistory } from "./use-history";

/** Its code comes with the first run that is opened. */
const RunDrawer = onDemand(() => import("../run/run-drawer").then((module) => module.RunDrawer));

export interface GamebookHistoryProps {
  readonly view: GamebookView;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly gridRef: RefObject<ListHandle | null>;
}

/** Every run, newest first, over all workspaces or of those chosen. */
export function GamebookHistory({ view, searchRef, gridRef }: GamebookHistoryProps) {
  const history = useHistory(view, searchRef, gridRef);
  const { listing, shown, byKey, toggle, list, text, openKey } = history;
  useSummary(history);
  const lines = useMemo(() => ({ byKey, toggle }), [byKey, toggle]);
  return (
    <LinesProvider value={lines}>
      <div className="relative flex min-h-0 flex-1">
        <section aria-label="List of gamebook runs" className="flex min-w-0 flex-1 flex-col">
          <ListStatus
            text={listing.isLoading ? "Reading runs" : text}
            testId="gamebook-count"
            asOf={listing.asOf}
            onRefresh={listing.refresh}
          />
          <ListGrid
            ref={gridRef}
            label="Gamebook runs"
            columns={historyColumns}
            width={historyListWidth}
            rows={shown}
            keyOf={runKey}
            cursorKey={list.cursor?.key ?? null}
            openKey={openKey}
            density="normal"
            sort={null}
            onPick={list.pick}
            onView={history.onView}
            isComplete={listing.isComplete}
            isLoading={listing.isLoading || (listing.isReading && shown.length === 0)}
            empty={<Nothing history={history} view={view} />}
          />
          <ListFoot listing={{ ...listing, isComplete: history.isCovered }} noun={runNoun} />
        </section>
        {view.open === null ? null : (
          <RunDrawer
            gamebook={view.open}
            onPrevious={list.onPrevious}
            onNext={list.onNext}
            onClose={list.close}
          />
        )}
      </div>
    </LinesProvider>
  );
}

/** The line at the foot of the page rests on the same reading. */
function useSummary({ listing, text }: History): void {
  const { error, isReading, isLoading } = listing;
  const tone = error !== null ? "failed" : isReading ? "busy" : "live";
  const summary =
    error !== null && isLoading
      ? "Gamebook runs could not be read"
      : isLoading
        ? "Reading gamebook runs"
        : text;
  useStatusLine({ tone, summary });
}

function Nothing({ history, view }: { readonly history: History; readonly view: GamebookView }) {
  const { listing, isCovered } = history;
  if (listing.error !== null)
    return <FailurePanel error={listing.error} onRetry={listing.more} retryLabel="Continue" />;
  if (!isCovered)
    return (
      <EmptyState
        icon={SearchX}
        title="No run matches among those read so far"
        action={<Button onClick={listing.more}>Read on</Button>}
      >
        {history.text}
      </EmptyState>
    );
  return view.isNarrowed ? (
    <EmptyState
      icon={SearchX}
      title="No run matches these filters"
      action={<Button onClick={view.clear}>Clear filters</Button>}
    >
      {history.text}
    </EmptyState>
  ) : (
    <EmptyState icon={Workflow} title="ContraForce lists no gamebook run">
      Runs of the workspaces that the service account has a role in are listed here. A workspace without such
      a role looks the same as one without runs.
    </EmptyState>
  );
}
