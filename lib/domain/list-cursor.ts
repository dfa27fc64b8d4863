/** What a list tells its rows apart by. */
export type KeyOf<Row> = (row: Row) => string;

/** The row a person works on: bound to the thing it shows, with the place where it was last seen. */
export interface Cursor {
  readonly key: string;
  readonly index: number;
}

export type CursorMove = "next" | "previous" | "first" | "last" | "pageDown" | "pageUp";

/**
 * Finds the cursor in rows that may have changed. If its row has left, the row that took its place becomes the cursor,
 * at the end the last one. Null when there are no rows or there was no cursor.
 */
export function locateCursor<Row>(
  rows: readonly Row[],
  keyOf: KeyOf<Row>,
  cursor: Cursor | null,
): Cursor | null {
  if (cursor === null || rows.length === 0) return null;
  const near = rows[cursor.index];
  if (near !== undefined && keyOf(near) === cursor.key) return cursor;
  const index = rows.findIndex((row) => keyOf(row) === cursor.key);
  return index >= 0 ? { key: cursor.key, index } : cursorAt(rows, keyOf, cursor.index);
}

/** The cursor on the row at `index`, clamped to the ends; null when there are no rows. */
export function cursorAt<Row>(rows: readonly Row[], keyOf: KeyOf<Row>, index: number): Cursor | null {
  const place = Math.max(0, Math.min(index, rows.length - 1));
  const row = rows[place];
  return row === undefined ? null : { key: keyOf(row), index: place };
}

export interface Screenful {
  /** Rows of one screenful. */
  readonly page: number;
  /** Index of the first row in view, where moving starts without a cursor. */
  readonly start: number;
}

/** Moves the cursor and stops at the ends. */
export function moveCursor<Row>(
  rows: readonly Row[],
  keyOf: KeyOf<Row>,
  cursor: Cursor | null,
  move: CursorMove,
  { page, start }: Screenful,
): Cursor | null {
  if (move === "first") return cursorAt(rows, keyOf, 0);
  if (move === "last") return cursorAt(rows, keyOf, rows.length - 1);
  const located = locateCursor(rows, keyOf, cursor);
  if (located === null) return cursorAt(rows, keyOf, start);
  const step = { next: 1, previous: -1, pageDown: page, pageUp: -page }[move];
  return cursorAt(rows, keyOf, located.index + step);
}
