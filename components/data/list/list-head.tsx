"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { ListColumn, ListSort } from "./list-column";
import { cellClass, cellStyle } from "./row-classes";

interface ListHeadCellProps<Row, Id extends string> {
  readonly column: ListColumn<Row, Id>;
  readonly index: number;
  /** Null in a list whose order is upstream's. */
  readonly sort: ListSort<Id> | null;
  readonly onSort: (sort: ListSort<Id>) => void;
}

/** One head cell: its label is the button that sorts by it, and once more to turn the order round. */
export function ListHeadCell<Row, Id extends string>(props: ListHeadCellProps<Row, Id>) {
  const { column, index, sort, onSort } = props;
  const { id, label, end, Head } = column;
  const isSorted = sort?.column === id;
  const Arrow = sort?.descending ? ArrowDown : ArrowUp;
  const descending = isSorted ? !sort.descending : column.highFirst === true;
  const words = Head ? (
    <>
      <Head />
      <span className="sr-only">{label}</span>
    </>
  ) : (
    <span className="min-w-0 truncate">{label}</span>
  );
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : undefined}
      style={cellStyle(column)}
      className={cx(cellClass(column), "@max-[560px]/list:hidden")}
    >
      {sort === null || column.unsorted ? (
        <span className="inline-flex min-w-0 items-center text-12 text-quiet">{words}</span>
      ) : (
        <button
          type="button"
          onClick={() => onSort({ column: id, descending })}
          data-tip={Head ? `Sort by ${label.toLowerCase()}` : undefined}
          className={cx(
            "focus-inset -mx-1 inline-flex h-6 min-w-0 items-center gap-1 rounded-mark px-1 text-12",
            isSorted ? "font-medium text-strong" : "text-quiet hover:text-strong",
            end && "flex-row-reverse",
          )}
        >
          {words}
          {isSorted ? <Arrow aria-hidden="true" className="size-3 shrink-0" /> : null}
        </button>
      )}
    </div>
  );
}
