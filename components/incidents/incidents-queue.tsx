"use client";

import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useSession } from "@/components/shell/session";
import type { CursorMove } from "@/lib/domain/incident-view-cursor";
import { countWaiting } from "@/lib/domain/incident-view-arrange";
import { clearFilter, isLocallyNarrowed, type Sort, type ViewFilter } from "@/lib/domain/incident-view";
import { kindOfWork } from "@/lib/domain/incident-view-words";
import { useIncidentWalk } from "@/lib/queries/incidents";
import { FilterBar } from "./filter/filter-bar";
import { useFacetLabels } from "./filter/use-facet-labels";
import { incidentKeyOf, listKeyOf } from "./incident-key";
import { QueueGrid, type QueueGridHandle } from "./queue-grid";
import { QueueEmpty } from "./status/queue-empty";
import { QueueNotices } from "./status/queue-notices";
import { QueueStatus } from "./status/queue-status";
import { useQueueStatusLine } from "./status/use-queue-status-line";
import { useBoard } from "./use-board";
import { useHold } from "./use-hold";
import { useIncidentView } from "./use-incident-view";
import { useQueueCursor } from "./use-queue-cursor";
import { useQueueShortcuts } from "./use-queue-shortcuts";
import { ViewControls } from "./view-controls";

/** Its code comes with the first incident that is opened. */
const IncidentDrawer = dynamic(
  () => import("./drawer/incident-drawer").then((module) => module.IncidentDrawer),
  { ssr: false },
);

/** Every customer's incidents on one screen: filters, the list, and one incident beside it. */
export function IncidentsQueue() {
  const { organisation } = useSession();
  const { view, notes, change } = useIncidentView();
  const { filter, sort, density, open } = view;
  const walk = useIncidentWalk(organisation.slug, filter);
  const [board, arrangement] = useBoard(walk.ledger, view);
  const { rows } = arrangement;
  const grid = useRef<QueueGridHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const openKey = open === null ? null : listKeyOf(open);
  const { cursor, move, put, clear } = useQueueCursor(rows, grid, openKey);
  const words = useFacetLabels(walk.state.finished ?? walk.state.current);
  // Until the first pass is over, only what the person did counts: a link to an incident must not hold the list.
  const [hasActed, setActed] = useState(false);
  const isBusy = (cursor !== null || open !== null) && (hasActed || walk.state.finished !== null);
  const { onView, onPointer } = useHold(board, grid, isBusy);
  useQueueStatusLine(walk);

  const setFilter = (next: (filter: ViewFilter) => ViewFilter) =>
    change((current) => ({ ...current, filter: next(current.filter) }), "push");
  const openRow = (row: (typeof rows)[number] | null) => {
    if (row === null) return;
    setActed(true);
    const isFirst = open === null;
    change((current) => ({ ...current, open: incidentKeyOf(row) }), isFirst ? "push" : "replace");
  };
  const step = (by: CursorMove) => {
    setActed(true);
    const row = move(by);
    if (open !== null) openRow(row);
    else grid.current?.focus();
  };
  const close = () => {
    change((current) => ({ ...current, open: null }));
    grid.current?.focus();
    if (cursor !== null) grid.current?.reveal(cursor.index);
  };
  useQueueShortcuts(search, {
    isOpen: open !== null,
    onMove: step,
    onOpen: () => openRow(cursor === null ? null : (rows[cursor.index] ?? null)),
    onEscape: open === null ? clear : close,
    onRefresh: walk.refresh,
    onApply: () => board.apply(),
  });
  const last = rows.length - 1;

  return (
    <div className="relative flex h-full min-h-0">
      <section aria-label="Incidents" className="flex min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2">
          <FilterBar
            searchRef={search}
            filter={filter}
            onFilter={setFilter}
            onLeaveSearch={() => grid.current?.focus()}
            ledger={walk.ledger}
            words={words}
          />
          <ViewControls
            sort={sort}
            density={density}
            onSort={(next) => change((current) => ({ ...current, sort: next }))}
            onDensity={(next) => change((current) => ({ ...current, density: next }))}
          />
        </div>
        <QueueStatus
          walk={walk}
          matching={arrangement.matching}
          narrowed={isLocallyNarrowed(filter) || arrangement.matching !== walk.state.loaded}
          kind={kindOfWork(filter)}
          waiting={countWaiting(arrangement)}
          onApply={() => board.apply()}
        />
        <div className="flex min-h-0 flex-1 flex-col" onPointerMove={onPointer}>
          <QueueGrid
            ref={grid}
            rows={rows}
            latest={(row, key) => board.latest(row, key)}
            gone={arrangement.gone}
            cursorKey={cursor?.key ?? null}
            openKey={openKey}
            density={density}
            sort={sort}
            onSort={(next: Sort) => change((current) => ({ ...current, sort: next }))}
            onPick={(index) => openRow(put(index))}
            onView={onView}
            isComplete={walk.phase === "complete"}
            isLoading={walk.phase === "reading" && walk.state.finished === null}
            empty={
              <QueueEmpty
                walk={walk}
                filter={filter}
                onClear={() => setFilter(clearFilter)}
                onWiden={() => setFilter((current) => ({ ...current, window: { type: "FourtyEightHours" } }))}
              />
            }
          />
        </div>
        <QueueNotices walk={walk} notes={notes} />
      </section>
      {open === null ? null : (
        <IncidentDrawer
          incidentKey={open}
          isGone={openKey !== null && arrangement.gone.has(openKey)}
          onPrevious={cursor !== null && cursor.index > 0 ? () => step("previous") : null}
          onNext={cursor !== null && cursor.index < last ? () => step("next") : null}
          onClose={close}
        />
      )}
    </div>
  );
}
