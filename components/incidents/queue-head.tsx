"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import { highFirst, type Sort } from "@/lib/domain/incident-view";
import type { IncidentColumn } from "./columns";
import { cellClass } from "./row-classes";

interface QueueHeadCellProps {
  readonly column: IncidentColumn;
  readonly index: number;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** One head cell: its label is the button that sorts by it, and once more to turn the order round. */
export function QueueHeadCell({ column, index, sort, onSort }: QueueHeadCellProps) {
  const { id, label, fixed, end } = column;
  const isSorted = sort.column === id;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const descending = isSorted ? !sort.descending : highFirst.has(id);
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : undefined}
      className={cx(cellClass(column), "@max-[560px]/list:hidden")}
    >
      <button
        type="button"
        onClick={() => onSort({ column: id, descending })}
        data-tip={fixed === "first" ? `Sort by ${label.toLowerCase()}` : undefined}
        className={cx(
          "focus-inset -mx-1 inline-flex h-6 min-w-0 items-center gap-1 rounded-mark px-1 text-12",
          isSorted ? "font-medium text-strong" : "text-quiet hover:text-strong",
          end && "flex-row-reverse",
        )}
      >
        {fixed === "first" ? (
          <SeverityHead label={label} />
        ) : (
          <span className="min-w-0 truncate">{label}</span>
        )}
        {isSorted ? <Arrow aria-hidden="true" className="size-3 shrink-0" /> : null}
      </button>
    </div>
  );
}

/** The narrow first column has room for its sign only. */
function SeverityHead({ label }: { readonly label: string }) {
  return (
    <>
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3 shrink-0">
        <path
          d="M8 2.8 13.8 13H2.2Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinejoin="round"
        />
      </svg>
      <span className="sr-only">{label}</span>
    </>
  );
}
