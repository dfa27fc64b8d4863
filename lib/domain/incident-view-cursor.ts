import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { keyOf } from "./incident-view-arrange";

/** The row a person works on: bound to the incident, with the place where it was last seen. */
export interface Cursor {
  readonly key: string;
  readonly index: number;
}

export type CursorMove = "next" | "previous" | "first" | "last" | "pageDown" | "pageUp";

/**
 * Finds the cursor in rows that may have changed. If its row has left, the row that took its place becomes the cursor,
 * at the end the last one. Null when there are no rows or there was no cursor.
 */
export function locateCursor(rows: readonly IncidentRow[], cursor: Cursor | null): Cursor | null {
  if (cursor === null || rows.length === 0) return null;
  const near = rows[cursor.index];
  if (near !== undefined && keyOf(near) === cursor.key) return cursor;
  const index = rows.findIndex((row) => keyOf(row) === cursor.key);
  return index >= 0 ? { key: cursor.key, index } : cursorAt(rows, cursor.index);
}

/** The cursor on the row at `index`, clamped to the ends; null when there are no rows. */
export function cursorAt(rows: readonly IncidentRow[], index: number): Cursor | null {
  const place = Math.max(0, Math.min(index, rows.length - 1));
  const row = rows[place];
  return row === undefined ? null : { key: keyOf(row), index: place };
}

/**
 * Moves the cursor and stops at the ends. Without a cursor, moving starts at `start`, the first row in view.
 * @param page rows of one screenful
 */
export function moveCursor(
  rows: readonly IncidentRow[],
  cursor: Cursor | null,
  move: CursorMove,
  page: number,
  start = 0,
): Cursor | null {
  if (move === "first") return cursorAt(rows, 0);
  if (move === "last") return cursorAt(rows, rows.length - 1);
  const located = locateCursor(rows, cursor);
  if (located === null) return cursorAt(rows, start);
  const step = { next: 1, previous: -1, pageDown: page, pageUp: -page }[move];
  return cursorAt(rows, located.index + step);
}
