"use client";

import { ChevronRight, CornerDownRight } from "lucide-react";
import type { CellProps } from "@/components/data/list/list-column";
import { Time } from "@/components/shell/time";
import { cx } from "@/components/ui/class-names";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { latestOf, type RunChain } from "@/lib/domain/gamebook-chains";
import { PlaybookCount } from "../playbook-count";
import { RunDuration } from "../run-duration";
import { RunTitle } from "../run-cells";
import { RunStateMark, statusText } from "../run-state";
import { hasBegun, usePlaybooks } from "../use-playbooks";
import { useLine } from "./lines";

type RunCell = CellProps<Gamebook>;

/** The gamebook, and what was tried again of it, folded. */
export function TitleCell({ row }: RunCell) {
  const { line } = useLine(row);
  const chain = line?.chain ?? null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {line !== undefined && chain === null ? (
        <>
          <CornerDownRight aria-hidden="true" className="ml-2 size-3.5 shrink-0 text-quiet" />
          <span className="sr-only">Retry: </span>
        </>
      ) : null}
      <RunTitle run={row} />
      {chain === null ? null : <Retries chain={chain} isUnfolded={line?.isUnfolded ?? false} />}
    </span>
  );
}

function Retries({ chain, isUnfolded }: { readonly chain: RunChain; readonly isUnfolded: boolean }) {
  const { toggle } = useLine(chain.head);
  const count = chain.retries.length;
  return (
    <>
      {chain.isFirstRead ? null : (
        <span
          data-tip="A retry; its first run is not among those read"
          className="shrink-0 rounded-mark border border-line px-1 text-12 text-quiet"
        >
          retry, first run not read
        </span>
      )}
      {count === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={isUnfolded}
          onClick={(event) => {
            event.stopPropagation();
            toggle(chain.key);
          }}
          className="inline-flex h-6 shrink-0 items-center gap-1 rounded-mark border border-line px-1 text-12 text-normal hover:bg-raised hover:text-strong"
        >
          <ChevronRight aria-hidden="true" className={cx("size-3 text-quiet", isUnfolded && "rotate-90")} />
          {count}
          <span className="@max-[860px]/list:sr-only">{count === 1 ? "retry" : "retries"}</span>
          <RunStateMark status={latestOf(chain).status} />
        </button>
      )}
    </>
  );
}

/** The word alone: the sign stands in the first column. */
export function StatusCell({ row }: RunCell) {
  return <span className="truncate">{statusText(row.status)}</span>;
}

/** Read when the row comes into view; of a run that has not begun there is nothing to read. */
export function PlaybooksCell({ row }: RunCell) {
  return <PlaybookCount run={row} reading={usePlaybooks(row, hasBegun(row))} />;
}

export function DurationCell({ row }: RunCell) {
  const { playbooks } = usePlaybooks(row, hasBegun(row));
  return <RunDuration run={row} playbooks={playbooks} />;
}

export function CreatedCell({ row }: RunCell) {
  return <Time value={row.creationDate} className="whitespace-nowrap" />;
}
