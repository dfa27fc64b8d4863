import { type ColumnId, columnIds, fixedColumns, tidyColumns, type ViewColumn } from "./incident-columns";

/** The columns that can be moved as they are offered: those on show in their order, then the others. */
export function offeredOrder(columns: readonly ViewColumn[]): readonly ColumnId[] {
  const shown = columns.map(({ id }) => id);
  return [...shown, ...columnIds.filter((id) => !shown.includes(id))].filter(
    (id) => !fixedColumns.includes(id),
  );
}

/** The order with one column put at another place, which is held within the list. */
export function placeColumn(order: readonly ColumnId[], id: ColumnId, index: number): readonly ColumnId[] {
  const rest = order.filter((other) => other !== id);
  const place = Math.min(Math.max(index, 0), rest.length);
  return [...rest.slice(0, place), id, ...rest.slice(place)];
}

/** What is on show of `columns`, in this order. */
export function inOrder(columns: readonly ViewColumn[], order: readonly ColumnId[]): readonly ViewColumn[] {
  const places = [...fixedColumns, ...order];
  return tidyColumns(places.flatMap((id) => columns.find((column) => column.id === id) ?? []));
}

/** Shows or hides one column, at its place in the order. */
export function showColumn(
  columns: readonly ViewColumn[],
  order: readonly ColumnId[],
  id: ColumnId,
  isShown: boolean,
): readonly ViewColumn[] {
  const others = columns.filter((column) => column.id !== id);
  return inOrder(isShown ? [...others, { id, widthPx: null }] : others, order);
}

/** Gives one column a width in CSS pixels; null: its own. */
export function widenColumn(
  columns: readonly ViewColumn[],
  id: ColumnId,
  widthPx: number | null,
): readonly ViewColumn[] {
  return tidyColumns(columns.map((column) => (column.id === id ? { id, widthPx } : column)));
}
