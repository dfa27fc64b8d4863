"use client";

import { type RefObject, useCallback, useState } from "react";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import {
  type Cursor,
  type CursorMove,
  cursorAt,
  locateCursor,
  moveCursor,
} from "@/lib/domain/incident-view-cursor";
import type { QueueGridHandle } from "./queue-grid";

export interface QueueCursor {
  /** Where the cursor is among the rows shown now. */
  readonly cursor: Cursor | null;
  /** Moves it, brings its row into view, and hands back the row. */
  readonly move: (by: CursorMove) => IncidentRow | null;
  readonly put: (index: number) => IncidentRow | null;
  readonly clear: () => void;
}

/**
 * The row a person works on, bound to the incident while rows come and go.
 * @param openKey the incident in the drawer; without a cursor of its own, the list starts there
 */
export function useQueueCursor(
  rows: readonly IncidentRow[],
  gridRef: RefObject<QueueGridHandle | null>,
  openKey: string | null,
): QueueCursor {
  const [held, setHeld] = useState<Cursor | null>(null);
  const cursor = held === null ? cursorOn(rows, openKey) : locateCursor(rows, held);
  // Remember where the row is now, so that its neighbour can be found once it has left.
  if (cursor !== null && cursor !== held) setHeld(cursor);

  const set = (next: Cursor | null) => {
    setHeld(next);
    if (next !== null) gridRef.current?.reveal(next.index);
    return next === null ? null : (rows[next.index] ?? null);
  };
  const move = (by: CursorMove) => {
    const view = gridRef.current?.inView() ?? { first: 0, last: 0 };
    return set(moveCursor(rows, cursor, by, Math.max(1, view.last - view.first), view.first));
  };
  const put = (index: number) => set(cursorAt(rows, index));
  const clear = useCallback(() => setHeld(null), []);
  return { cursor, move, put, clear };
}

function cursorOn(rows: readonly IncidentRow[], key: string | null): Cursor | null {
  if (key === null) return null;
  const index = rows.findIndex((row) => keyOf(row) === key);
  return index < 0 ? null : { key, index };
}
