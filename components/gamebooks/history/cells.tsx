"use client";

import { ChevronRight, CornerDownRight } from "lucide-react";
import Link from "next/link";
import { Dash } from "@/components/data/list/dash";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { cx } from "@/components/ui/class-names";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { latestOf, type RunChain } from "@/lib/domain/gamebook-chains";
import { runTitle } from "@/lib/domain/gamebook-run";
import { PlaybookCount } from "../playbook-count";
import { RunDuration } from "../run-duration";
import { runHref } from "../run-href";
import { RunStateMark, statusText } from "../run-state";
import { StarterName } from "../starter";
import { hasBegun, usePlaybooks } from "../use-playbooks";
import { useLine } from "./lines";

type RunCell = CellProps<Gamebook>;

export function StateCell({ row }: RunCell) {
  return <RunStateMark status={row.status} />;
}

export function WorkspaceCell({ row }: RunCell) {
  const { workspaceId, workspaceName } = row;
  if (workspaceId === null) return <Dash word="Workspace not named" />;
  return <WorkspaceName workspaceId={workspaceId} name={workspaceName} />;
}

/** The gamebook, and what was tried again of it, folded. */
export function TitleCell({ row }: RunCell) {
  const { organisation } = useSession();
  const { line } = useLine(row);
  const chain = line?.chain ?? null;
  const href = runHref(organisation.slug, row);
  const title = <MiddleText text={runTitle(row)} />;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {line !== undefined && chain === null ? (
        <>
          <CornerDownRight aria-hidden="true" className="ml-2 size-3.5 shrink-0 text-quiet" />
          <span className="sr-only">Retry: </span>
        </>
      ) : null}
      {href === null ? (
        <span className="min-w-0 text-strong">{title}</span>
      ) : (
        <Link
          href={href}
          prefetch={false}
          tabIndex={-1}
          draggable={false}
          onClick={keepForRow}
          className="min-w-0 overflow-hidden text-strong outline-none"
        >
          {title}
        </Link>
      )}
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

export function IncidentCell({ row }: RunCell) {
  const { incidentNumber, incidentTitle } = row;
  if (incidentTitle === null && incidentNumber === null) return <Dash word="Incident not named" />;
  return (
    <span className="flex min-w-0 gap-1.5">
      {incidentNumber === null ? null : <span className="shrink-0 text-quiet">{incidentNumber}</span>}
      <MiddleText text={incidentTitle ?? "(no title)"} />
    </span>
  );
}

export function StarterCell({ row }: RunCell) {
  return <StarterName run={row} />;
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
