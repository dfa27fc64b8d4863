"use client";

import type { RefObject } from "react";
import type { Cursor, CursorMove, KeyOf } from "@/lib/domain/list-cursor";
import type { ListHandle } from "./list-grid";
import { useListCursor } from "./use-list-cursor";

export interface ListOptions<Row> {
  /** The caller's `useRef<ListHandle>(null)`, which it also gives to the grid. */
  readonly gridRef: RefObject<ListHandle | null>;
  readonly rows: readonly Row[];
  /** The same function always. */
  readonly keyOf: KeyOf<Row>;
  /** Key of the row in the drawer; null while it is closed, and always in a list without one. */
  readonly openKey: string | null;
  /** Opens a row, in the drawer or as a page; the drawer follows the cursor while it is open. */
  readonly onOpen: (row: Row) => void;
  /** Closes the drawer. */
  readonly onClose?: () => void;
}

export interface List {
  readonly cursor: Cursor | null;
  /** Moves the cursor; with an open drawer, shows its row there. */
  readonly step: (by: CursorMove) => void;
  /** Puts the cursor on a row and opens it. */
  readonly pick: (index: number) => void;
  /** Opens the row of the cursor. */
  readonly openCursor: () => void;
  /** Closes the drawer and goes back to its row. */
  readonly close: () => void;
  /** Closes the drawer; without one, lets go of the cursor. */
  readonly escape: () => void;
  /** Steps for the drawer's buttons; null at the ends. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

/** What a person can do with a list: its cursor, and the row that is open. */
export function useList<Row>(options: ListOptions<Row>): List {
  const { gridRef, rows, keyOf, openKey, onOpen, onClose } = options;
  const { cursor, move, put, clear } = useListCursor(rows, keyOf, gridRef, openKey);
  const isOpen = openKey !== null;
  const open = (row: Row | null) => {
    if (row !== null) onOpen(row);
  };
  const step = (by: CursorMove) => {
    const row = move(by);
    if (isOpen) open(row);
    else gridRef.current?.focus();
  };
  const close = () => {
    onClose?.();
    gridRef.current?.focus();
    if (cursor !== null) gridRef.current?.reveal(cursor.index);
  };
  return {
    cursor,
    step,
    pick: (index) => open(put(index)),
    openCursor: () => open(cursor === null ? null : (rows[cursor.index] ?? null)),
    close,
    escape: isOpen ? close : clear,
    onPrevious: cursor !== null && cursor.index > 0 ? () => step("previous") : null,
    onNext: cursor !== null && cursor.index < rows.length - 1 ? () => step("next") : null,
  };
}
