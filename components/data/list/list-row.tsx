"use client";

import { memo, useState } from "react";
import { cx } from "@/components/ui/class-names";
import type { Density } from "@/lib/domain/density";
import type { ListColumn } from "./list-column";
import { cellClass, cellStyle, rowClass } from "./row-classes";

export interface ListRowProps<Row, Id extends string> {
  readonly row: Row;
  /** Which row it is: the same place shows another one when the list moves. */
  readonly rowKey: string;
  readonly id: string;
  /** What the row shows, for whoever reads the page from outside (the journeys in e2e/). */
  readonly address: string;
  readonly columns: readonly ListColumn<Row, Id>[];
  readonly width: string;
  /** Place in the list, from 0. */
  readonly index: number;
  /** Distance from the top of the list in CSS pixels. */
  readonly topPx: number;
  readonly density: Density;
  /** The person works on it. */
  readonly isCursor: boolean;
  /** It is in the drawer. */
  readonly isOpen: boolean;
  /** It no longer belongs to the list and leaves with the next update. */
  readonly isGone: boolean;
}

function Row<Row, Id extends string>(props: ListRowProps<Row, Id>) {
  const { row, id, columns, width, index, topPx, density, isCursor, isOpen, isGone } = props;
  const changes = useChanges(row, props.rowKey);
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      data-key={props.address}
      data-gone={isGone || undefined}
      aria-rowindex={index + 2}
      aria-selected={isCursor}
      style={{ transform: `translateY(${topPx}px)` }}
      className={cx(
        rowClass(density, width),
        // Each row is laid out by itself: what changes in one moves no other.
        "group/row absolute top-0 left-0 contain-layout contain-style cursor-default border-b border-line text-13",
        isCursor || isOpen ? "bg-raised" : "bg-page hover:bg-panel",
        isGone ? "text-quiet" : "text-normal",
      )}
    >
      {columns.map((column, n) => {
        const { id: columnId, Cell } = column;
        return (
          <div
            key={columnId}
            role="gridcell"
            aria-colindex={n + 1}
            style={cellStyle(column)}
            className={cellClass(column)}
          >
            {n === 0 ? <Marks isCursor={isCursor} changes={changes} isGone={isGone} /> : null}
            <Cell row={row} />
          </div>
        );
      })}
      {isCursor ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 z-2 -outline-offset-1 outline-accent group-focus-visible/grid:outline-1"
        />
      ) : null}
    </div>
  );
}

/** One row. Clicks are taken by the list, so that a row costs no handlers. `memo` drops type parameters: this keeps them. */
export const ListRow = memo(Row) as typeof Row;

/** How often what the row shows has changed since it came into view. */
function useChanges(row: unknown, key: string): number {
  const [seen, setSeen] = useState({ row, key, changes: 0 });
  if (seen.row === row && seen.key === key) return seen.changes;
  const changes = seen.key === key ? seen.changes + 1 : 0;
  setSeen({ row, key, changes });
  return changes;
}

/** At the row's left edge: the bar of the cursor, and a fading edge when something in the row has changed. */
function Marks({
  isCursor,
  changes,
  isGone,
}: {
  readonly isCursor: boolean;
  readonly changes: number;
  readonly isGone: boolean;
}) {
  return (
    <>
      {isCursor ? <span aria-hidden="true" className="absolute inset-y-0 left-0 w-0.5 bg-accent" /> : null}
      {changes > 0 ? (
        <span key={changes} aria-hidden="true" className="changed pointer-events-none absolute inset-0" />
      ) : null}
      {isGone ? <span className="sr-only">No longer in this list. </span> : null}
    </>
  );
}
