import { type RefObject, useLayoutEffect, useRef } from "react";
import type { KeyOf } from "@/lib/domain/list-cursor";

interface Anchor<Row> {
  readonly rows: readonly Row[];
  readonly sort: object | null;
}

/**
 * Keeps what a person looks at where it is when the rows change: the cursor's row if it is in view, else, once they have
 * scrolled, the first row in view. After a new sort without a cursor the list starts at its top.
 */
export function useAnchor<Row>(
  scrollerRef: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  keyOf: KeyOf<Row>,
  cursorKey: string | null,
  rowPx: number,
  sort: object | null,
): void {
  const before = useRef<Anchor<Row>>({ rows, sort });
  useLayoutEffect(() => {
    const element = scrollerRef.current;
    const last = before.current;
    before.current = { rows, sort };
    if (element === null || last.rows === rows) return;
    const isSorted = last.sort !== sort;
    const anchor = anchorIndex(element, last.rows, keyOf, cursorKey, rowPx);
    const row = anchor === null ? undefined : last.rows[anchor];
    if (anchor === null || row === undefined || (isSorted && keyOf(row) !== cursorKey)) {
      if (isSorted) element.scrollTo({ top: 0 });
      return;
    }
    const key = keyOf(row);
    const near = rows[anchor];
    if (near !== undefined && keyOf(near) === key) return;
    const index = rows.findIndex((candidate) => keyOf(candidate) === key);
    if (index >= 0) element.scrollBy({ top: (index - anchor) * rowPx });
  }, [scrollerRef, rows, keyOf, cursorKey, rowPx, sort]);
}

/** Index of the row to hold on to; null at the top of the list without a cursor, where new rows may push down. */
function anchorIndex<Row>(
  element: HTMLElement,
  rows: readonly Row[],
  keyOf: KeyOf<Row>,
  cursorKey: string | null,
  rowPx: number,
): number | null {
  const first = Math.floor(element.scrollTop / rowPx);
  const last = Math.ceil((element.scrollTop + element.clientHeight) / rowPx);
  if (cursorKey !== null)
    for (let index = first; index < last; index += 1) {
      const row = rows[index];
      if (row !== undefined && keyOf(row) === cursorKey) return index;
    }
  return element.scrollTop > rowPx ? first : null;
}
