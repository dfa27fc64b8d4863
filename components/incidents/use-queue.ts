"use client";

import { useRef, useState } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useSession } from "@/components/shell/session";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Density } from "@/lib/domain/density";
import type { Sort, ViewFilter } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import type { CursorMove } from "@/lib/domain/list-cursor";
import { useIncidentList } from "@/lib/queries/incident-list";
import { incidentKeyOf, listKeyOf } from "./incident-key";
import { useBoard } from "./use-board";
import { useHold } from "./use-hold";
import { useIncidentView } from "./use-incident-view";

export type Queue = ReturnType<typeof useQueue>;

/** The incidents page without its looks: view, walk, order, cursor, and what a person can do with them. */
export function useQueue() {
  const { organisation } = useSession();
  const { view, notes, change } = useIncidentView();
  const { filter, open } = view;
  const walk = useIncidentList(organisation.slug, filter, view.sort);
  const [board, arrangement] = useBoard(walk.ledger, view);
  const { rows } = arrangement;
  const gridRef = useRef<ListHandle>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const openKey = open === null ? null : listKeyOf(open);
  // Until the first pass is over, only what the person did counts: a link to an incident must not hold the list.
  const [hasActed, setActed] = useState(false);
  const openRow = (row: IncidentRow) => {
    setActed(true);
    const history = open === null ? "push" : "replace";
    change((current) => ({ ...current, open: incidentKeyOf(row) }), history);
  };
  const closeDrawer = () => change((current) => ({ ...current, open: null }));
  const list = useList({ gridRef, rows, keyOf, openKey, onOpen: openRow, onClose: closeDrawer });
  const { cursor } = list;
  const isBusy = (cursor !== null || open !== null) && (hasActed || walk.state.finished !== null);
  const hold = useHold(board, gridRef, isBusy);
  const apply = () => board.apply();
  useListShortcuts({
    group: "Incident list",
    noun: "incident",
    isOpen: open !== null,
    onMove: (by: CursorMove) => {
      setActed(true);
      list.step(by);
    },
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: walk.refresh,
    searchRef,
    more: [{ keys: ".", label: "Show what is new", run: apply }],
  });

  return {
    view,
    change,
    notes,
    walk,
    board,
    arrangement,
    list,
    gridRef,
    searchRef,
    openKey,
    openRow,
    hold,
    apply,
    setFilter: (next: (filter: ViewFilter) => ViewFilter) =>
      change((current) => ({ ...current, filter: next(current.filter) }), "push"),
    setSort: (sort: Sort) => change((current) => ({ ...current, sort })),
    setDensity: (density: Density) => change((current) => ({ ...current, density })),
  };
}
