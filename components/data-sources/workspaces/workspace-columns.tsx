"use client";

import Link from "next/link";
import { keepForRow } from "@/components/data/list/keep-for-row";
import { Dash } from "@/components/data/list/dash";
import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import { countCells, type MatrixRow } from "@/lib/domain/data-source-matrix";
import { cellStateWords, describeUnread } from "@/lib/domain/data-source-words";
import { routes } from "@/lib/routes";
import { MarkWithWord } from "../marks";

type Props = CellProps<MatrixRow>;

/** A link to the workspace's own page, so that it can be opened beside; a plain click opens the drawer. */
function WorkspaceCell({ row: { workspaceId, name } }: Props) {
  const { organisation } = useSession();
  return (
    <Link
      href={routes.workspaceDataSources(organisation.slug, workspaceId)}
      prefetch={false}
      tabIndex={-1}
      draggable={false}
      onClick={keepForRow}
      data-tip={name ?? workspaceId}
      data-tip-cut=""
      className="flex min-w-0 outline-none"
    >
      <WorkspaceTile workspaceId={workspaceId} name={name} withName className="text-strong" />
    </Link>
  );
}

function StatesCell({ row }: Props) {
  const counts = countCells(row).filter(({ state }) => state !== "unread");
  if (counts.length === 0)
    return (
      <span className="truncate text-quiet">
        {row.coverage.state === "read" ? "Lists no connector" : "Not read"}
      </span>
    );
  return (
    <span className="flex min-w-0 gap-4 overflow-hidden">
      {counts.map(({ state, count }) => (
        <MarkWithWord key={state} state={state}>
          {count} {cellStateWords[state]}
        </MarkWithWord>
      ))}
    </span>
  );
}

function AnomaliesCell({ row }: Props) {
  // Not a 0: ContraForce names only workspaces with an anomaly, so one that it does not name is not known to have none.
  if (row.anomalies === 0) return <Dash word="None known" />;
  return <span className="font-semibold text-strong">{row.anomalies}</span>;
}

function ReadCell({ row: { coverage } }: Props) {
  const formatTime = useFormatTime();
  if (coverage.state === "read")
    return (
      <span className="whitespace-nowrap text-quiet">
        <Time value={coverage.since} /> ago
      </span>
    );
  const text = `${describeUnread([coverage], formatTime)}${coverage.reason ? ` (${coverage.reason})` : ""}`;
  return (
    <span data-tip={text} data-tip-cut="" className="truncate font-medium text-strong">
      {coverage.since === null ? "Not read so far" : `Not read since ${formatTime(coverage.since)}`}
      {coverage.reason ? ` (${coverage.reason})` : ""}
    </span>
  );
}

export const workspaceListWidth = "min-w-[860px] @max-[860px]/list:min-w-0";

/** In the order in which they stand. */
export const workspaceColumns: readonly ListColumn<MatrixRow>[] = [
  {
    id: "workspace",
    label: "Workspace",
    Cell: WorkspaceCell,
    place:
      "basis-60 grow @max-[560px]/list:col-span-2 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
  },
  {
    id: "anomalies",
    label: "Anomalies",
    Cell: AnomaliesCell,
    place: "basis-22 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  },
  {
    id: "states",
    label: "Connectors",
    Cell: StatesCell,
    place:
      "basis-96 grow-2 @max-[560px]/list:col-span-3 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-2",
  },
  { id: "read", label: "Read", Cell: ReadCell, place: "basis-52 grow @max-[720px]/list:hidden" },
];
