"use client";

import { type RefObject, useCallback, useState } from "react";
import {
  type Cursor,
  type CursorMove,
  cursorAt,
  type KeyOf,
  locateCursor,
  moveCursor,
} from "@/lib/domain/list-cursor";
import type { ListHandle } from "./list-grid";

export interface ListCursor<Row> {
  /** Where the cursor is among the rows shown now. */
  readonly cursor: Cursor | null;
  /** Moves it, brings its row into view, and hands back the row. */
  readonly move: (by: CursorMove) => Row | null;
  readonly put: (index: number) => Row | null;
  readonly clear: () => void;
}

/**
 * The row a person works on, bound to what it shows while rows come and go.
 * @param openKey what is in the drawer; without a cursor of its own, the list starts there
 */
export function useListCursor<Row>(
  rows: readonly Row[],
  keyOf: KeyOf<Row>,
  gridRef: RefObject<ListHandle | null>,
  openKey: string | null,
): ListCursor<Row> {
  const [held, setHeld] = useState<Cursor | null>(null);
  const cursor = held === null ? cursorOn(rows, keyOf, openKey) : locateCursor(rows, keyOf, held);
  // Remember where the row is now, so that its neighbour can be found once it has left.
  if (cursor !== null && cursor !== held) setHeld(cursor);

  const set = (next: Cursor | null) => {
    setHeld(next);
    if (next !== null) gridRef.current?.reveal(next.index);
    return next === null ? null : (rows[next.index] ?? null);
  };
  const move = (by: CursorMove) => {
    const view = gridRef.current?.inView() ?? { first: 0, last: 0 };
    const screenful = { page: Math.max(1, view.last - view.first), start: view.first };
    return set(moveCursor(rows, keyOf, cursor, by, screenful));
  };
  const put = (index: number) => set(cursorAt(rows, keyOf, index));
  const clear = useCallback(() => setHeld(null), []);
  return { cursor, move, put, clear };
}

function cursorOn<Row>(rows: readonly Row[], keyOf: KeyOf<Row>, key: string | null): Cursor | null {
  if (key === null) return null;
  const index = rows.findIndex((row) => keyOf(row) === key);
  return index < 0 ? null : { key, index };
}
