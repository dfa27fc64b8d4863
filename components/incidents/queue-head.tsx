"use client";

import type { Header } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { incidentFeatures } from "./columns";
import { cellClass } from "./row-classes";

export type QueueHeader = Header<typeof incidentFeatures, IncidentRow, unknown>;

const ariaSort = { asc: "ascending", desc: "descending" } as const;

/** One head cell: its label is the button that sorts by it. */
export function QueueHeadCell({ header, index }: { readonly header: QueueHeader; readonly index: number }) {
  const { column } = header;
  const meta = column.columnDef.meta;
  const sorted = column.getIsSorted();
  const label = String(column.columnDef.header);
  const Arrow = sorted === "asc" ? ArrowUp : ArrowDown;
  if (meta === undefined) return null;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted === false ? undefined : ariaSort[sorted]}
      className={cx(cellClass(meta), "@max-[560px]/list:hidden")}
    >
      <button
        type="button"
        onClick={column.getToggleSortingHandler()}
        data-tip={meta.fixed === "first" ? `Sort by ${label.toLowerCase()}` : undefined}
        className={cx(
          "focus-inset -mx-1 inline-flex h-6 min-w-0 items-center gap-1 rounded-mark px-1 text-12",
          sorted === false ? "text-quiet hover:text-strong" : "font-medium text-strong",
          meta.end && "flex-row-reverse",
        )}
      >
        {meta.fixed === "first" ? (
          <SeverityHead label={label} />
        ) : (
          <span className="min-w-0 truncate">{label}</span>
        )}
        {sorted === false ? null : <Arrow aria-hidden="true" className="size-3 shrink-0" />}
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
