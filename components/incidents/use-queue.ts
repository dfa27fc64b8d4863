"use client";

import { useRef, useState } from "react";
import { useSession } from "@/components/shell/session";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Density, Sort, ViewFilter } from "@/lib/domain/incident-view";
import type { CursorMove } from "@/lib/domain/incident-view-cursor";
import { useIncidentWalk } from "@/lib/queries/incidents";
import { incidentKeyOf, listKeyOf } from "./incident-key";
import type { QueueGridHandle } from "./queue-grid";
import { useBoard } from "./use-board";
import { useHold } from "./use-hold";
import { useIncidentView } from "./use-incident-view";
import { useQueueCursor } from "./use-queue-cursor";
import { useQueueShortcuts } from "./use-queue-shortcuts";

export type Queue = ReturnType<typeof useQueue>;

/** The incidents page without its looks: view, walk, order, cursor, and what a person can do with them. */
export function useQueue() {
  const { organisation } = useSession();
  const { view, notes, change } = useIncidentView();
  const { filter, open } = view;
  const walk = useIncidentWalk(organisation.slug, filter);
  const [board, arrangement] = useBoard(walk.ledger, view);
  const { rows } = arrangement;
  const gridRef = useRef<QueueGridHandle>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const openKey = open === null ? null : listKeyOf(open);
  const { cursor, move, put, clear } = useQueueCursor(rows, gridRef, openKey);
  // Until the first pass is over, only what the person did counts: a link to an incident must not hold the list.
  const [hasActed, setActed] = useState(false);
  const isBusy = (cursor !== null || open !== null) && (hasActed || walk.state.finished !== null);
  const hold = useHold(board, gridRef, isBusy);

  const openRow = (row: IncidentRow | null) => {
    if (row === null) return;
    setActed(true);
    const history = open === null ? "push" : "replace";
    change((current) => ({ ...current, open: incidentKeyOf(row) }), history);
  };
  const step = (by: CursorMove) => {
    setActed(true);
    const row = move(by);
    if (open === null) gridRef.current?.focus();
    else openRow(row);
  };
  const close = () => {
    change((current) => ({ ...current, open: null }));
    gridRef.current?.focus();
    if (cursor !== null) gridRef.current?.reveal(cursor.index);
  };
  const apply = () => board.apply();
  useQueueShortcuts(searchRef, {
    isOpen: open !== null,
    onMove: step,
    onOpen: () => openRow(cursor === null ? null : (rows[cursor.index] ?? null)),
    onEscape: open === null ? clear : close,
    onRefresh: walk.refresh,
    onApply: apply,
  });

  return {
    view,
    notes,
    walk,
    board,
    arrangement,
    gridRef,
    searchRef,
    openKey,
    cursor,
    hold,
    step,
    close,
    apply,
    pick: (index: number) => openRow(put(index)),
    setFilter: (next: (filter: ViewFilter) => ViewFilter) =>
      change((current) => ({ ...current, filter: next(current.filter) }), "push"),
    setSort: (sort: Sort) => change((current) => ({ ...current, sort })),
    setDensity: (density: Density) => change((current) => ({ ...current, density })),
  };
}
