"use client";

import { ArrowDown, ArrowUp, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import { formatDuration } from "@/lib/domain/duration";
import {
  failsMoreOften,
  type Reliability,
  type ReliabilityCell,
  type ReliabilityRow,
  type ReliabilitySort,
  sortReliability,
  wilson,
} from "@/lib/domain/gamebook-reliability";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** "4 of 31 failed: 13 % (5 to 29 %)". */
function describeCell({ failed, n, undecided, retries }: ReliabilityCell): string {
  const interval = wilson(failed, n);
  const rest = [
    retries > 0 ? `${retries} of them in retries` : "",
    undecided > 0 ? `${undecided} more without a verdict` : "",
  ].filter((part) => part !== "");
  if (interval === null) return ["None ended with a verdict", ...rest].join("; ");
  const rate = `${failed} of ${n} failed: ${percent(failed / n)} (${percent(interval.low)} to ${percent(interval.high)})`;
  return [rate, ...rest].join("; ");
}

export interface MatrixProps {
  readonly found: Reliability;
  readonly sort: ReliabilitySort;
  readonly onSort: (sort: ReliabilitySort) => void;
  readonly caption: string;
}

const headCell = "sticky top-0 z-1 bg-page px-2 py-1 text-12 font-normal text-quiet align-bottom";
const firstColumn = "sticky left-0 bg-page max-w-64 min-w-36 sm:min-w-52";

/** Failures of n for each playbook in each workspace. */
export function Matrix({ found, sort, onSort, caption }: MatrixProps) {
  const shared = { sort, onSort };
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Failures by playbook and workspace"
      className="focus-inset min-h-0 flex-1 relative overflow-auto overscroll-contain"
    >
      <table className="border-separate border-spacing-0 text-13 tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <SortHead
              by="playbook"
              label="Playbook"
              {...shared}
              className={cx(firstColumn, "z-2! pl-3 text-left")}
            />
            <SortHead by="rate" label="Failed of n" {...shared} isHighFirst className="text-right" />
            <SortHead by="n" label="n" {...shared} isHighFirst className="text-right" />
            <SortHead by="median" label="Median duration" {...shared} isHighFirst className="text-right" />
            {found.workspaces.map(({ id, name }) => (
              <SortHead
                key={id}
                by={id}
                label={<WorkspaceTile workspaceId={id} name={name} />}
                tip={name ?? id}
                {...shared}
                isHighFirst
                className="text-right"
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortReliability(found.rows, sort).map((row) => (
            <Row key={row.playbook} row={row} found={found} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortHeadProps {
  /** As in `ReliabilitySort`. */
  readonly by: string;
  readonly label: ReactNode;
  readonly tip?: string;
  readonly sort: ReliabilitySort;
  readonly onSort: (sort: ReliabilitySort) => void;
  readonly isHighFirst?: boolean;
  readonly className?: string;
}

function SortHead({ by, label, tip, sort, onSort, isHighFirst = false, className }: SortHeadProps) {
  const isSorted = sort.by === by;
  const Arrow = sort.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : undefined}
      className={cx(headCell, "border-b border-line", className)}
    >
      <button
        type="button"
        data-tip={tip}
        onClick={() => onSort({ by, isDescending: isSorted ? !sort.isDescending : isHighFirst })}
        className={cx(
          "focus-inset -mx-1 inline-flex h-6 items-center gap-1 rounded-mark px-1 whitespace-nowrap",
          isSorted ? "font-medium text-strong" : "hover:text-strong",
        )}
      >
        {label}
        {isSorted ? <Arrow aria-hidden="true" className="size-3 shrink-0" /> : null}
      </button>
    </th>
  );
}

const bodyCell = "h-9 border-b border-line px-2 whitespace-nowrap";
const figureCell = `${bodyCell} text-right`;

function Row({ row, found }: { readonly row: ReliabilityRow; readonly found: Reliability }) {
  const { playbook, all, byWorkspace } = row;
  return (
    <tr className="hover:bg-panel">
      <th scope="row" className={cx(bodyCell, firstColumn, "pl-3 text-left font-normal text-strong")}>
        <span className="block truncate" data-tip={playbook} data-tip-cut="">
          {playbook}
        </span>
      </th>
      <td className={figureCell}>
        <Rate cell={all} />
      </td>
      <td className={figureCell}>{all.n.toLocaleString("en")}</td>
      <td className={figureCell}>{formatDuration(all.medianMs)}</td>
      {found.workspaces.map(({ id }) => (
        <td key={id} className={figureCell}>
          <Cell cell={byWorkspace.get(id)} all={all} />
        </td>
      ))}
    </tr>
  );
}

/** The whole row: the share with its bounds in the open, because a share alone says too much. */
function Rate({ cell }: { readonly cell: ReliabilityCell }) {
  const interval = wilson(cell.failed, cell.n);
  if (interval === null)
    return (
      <span className="text-quiet" data-tip={describeCell(cell)}>
        –
      </span>
    );
  return (
    <span data-tip={describeCell(cell)}>
      <span className={cell.failed > 0 ? "font-medium text-strong" : "text-quiet"}>
        {cell.failed} · {percent(cell.failed / cell.n)}
      </span>
      <span className="ml-2 inline-block w-18 text-left text-12 text-quiet">
        {Math.round(interval.low * 100)}–{Math.round(interval.high * 100)} %
      </span>
    </span>
  );
}

function Cell({ cell, all }: { readonly cell: ReliabilityCell | undefined; readonly all: ReliabilityCell }) {
  if (cell === undefined)
    return (
      <>
        <span aria-hidden="true" className="text-quiet">
          ·
        </span>
        <span className="sr-only">did not run</span>
      </>
    );
  const worse = failsMoreOften(cell, all);
  return (
    <span
      data-tip={`${describeCell(cell)}${worse ? "; more than overall, beyond chance" : ""}`}
      className={cx("inline-flex items-center gap-1", cell.failed > 0 ? "text-strong" : "text-quiet")}
    >
      {worse ? <TriangleAlert aria-hidden="true" className="size-3 shrink-0 text-danger" /> : null}
      {cell.n === 0 ? "–" : `${cell.failed}/${cell.n}`}
      {worse ? <span className="sr-only">, more than overall</span> : null}
    </span>
  );
}
