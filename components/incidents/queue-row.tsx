"use client";

import { memo, useState } from "react";
import { cx } from "@/components/ui/class-names";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { Density } from "@/lib/domain/incident-view";
import { incidentColumns } from "./columns";
import { cellClass, rowClass } from "./row-classes";

export interface QueueRowProps {
  readonly row: IncidentRow;
  readonly id: string;
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

/** One incident. Clicks are taken by the list, so that a row costs no handlers. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { row, id, index, topPx, density, isCursor, isOpen, isGone } = props;
  const changes = useChanges(row);
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      data-key={addressOf(row)}
      data-gone={isGone || undefined}
      aria-rowindex={index + 2}
      aria-selected={isCursor}
      style={{ transform: `translateY(${topPx}px)` }}
      className={cx(
        rowClass(density),
        "group/row absolute top-0 left-0 cursor-default border-b border-line text-13",
        isCursor || isOpen ? "bg-raised" : "bg-page hover:bg-panel",
        isGone ? "text-quiet" : "text-normal",
      )}
    >
      {incidentColumns.map((column, n) => {
        const { id: columnId, Cell } = column;
        return (
          <div key={columnId} role="gridcell" aria-colindex={n + 1} className={cellClass(column)}>
            {n === 0 ? <Marks isCursor={isCursor} changes={changes} isGone={isGone} /> : null}
            <Cell incident={row} />
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
});

/** Which incident a row shows, for whoever reads the page from outside (the journeys in e2e/). */
const addressOf = ({ workspaceId, source, id }: IncidentRow) => `${workspaceId}/${source}/${id}`;

/** How often the incident has changed since this row came into view. */
function useChanges(incident: IncidentRow): number {
  const [seen, setSeen] = useState({ incident, changes: 0 });
  if (seen.incident === incident) return seen.changes;
  setSeen({ incident, changes: seen.changes + 1 });
  return seen.changes + 1;
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
