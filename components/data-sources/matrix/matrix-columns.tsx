"use client";

import type { CSSProperties } from "react";
import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { useFormatTime } from "@/components/data/use-format-time";
import { cellStateOf, countCells, type MatrixColumn, type MatrixRow } from "@/lib/domain/data-source-matrix";
import { cellStateWords, describeCell } from "@/lib/domain/data-source-words";
import { CellMark, MarkWithWord } from "../marks";

type Props = CellProps<MatrixRow>;

/** Width of a connector's column, `w-22`, and of those before it, in CSS pixels. */
const cellPx = 88;
const leadPx = 224 + 96;

function WorkspaceCell({ row: { workspaceId, name } }: Props) {
  return <WorkspaceName workspaceId={workspaceId} name={name} className="text-strong" />;
}

function ConnectedCell({ row }: Props) {
  const words = `${row.connected} of ${row.listed} listed connectors connected`;
  return (
    <span data-tip={words}>
      <span aria-hidden="true">
        {row.connected} / {row.listed}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** In a card there is no room for columns: how many are in which state. */
function CountsCell({ row }: Props) {
  const counts = countCells(row);
  if (counts.length === 0) return <span className="text-12 text-quiet">No connector was ever listed</span>;
  return (
    <span className="flex min-w-0 gap-3 overflow-hidden text-12">
      {counts.map(({ state, count }) => (
        <MarkWithWord key={state} state={state}>
          {count}
          <span className="sr-only"> {cellStateWords[state]}</span>
        </MarkWithWord>
      ))}
    </span>
  );
}

const lead: readonly ListColumn<MatrixRow>[] = [
  {
    id: "workspace",
    label: "Workspace",
    Cell: WorkspaceCell,
    place:
      "w-56 max-w-96 grow @max-[560px]/list:max-w-none border-r border-line @max-[560px]/list:border-r-0 @max-[560px]/list:col-span-2 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
  },
  {
    id: "connected",
    label: "Connected",
    Cell: ConnectedCell,
    place: "w-24 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  },
];

const counts: ListColumn<MatrixRow> = {
  id: "counts",
  label: "Connectors",
  Cell: CountsCell,
  place:
    "hidden @max-[560px]/list:flex @max-[560px]/list:col-span-3 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-2",
};

function connectorColumn({ key, label, workspaces }: MatrixColumn): ListColumn<MatrixRow> {
  return {
    id: `connector ${key}`,
    label,
    Cell: function ConnectorCell({ row }: Props) {
      const formatTime = useFormatTime();
      return <CellMark state={cellStateOf(row, key)} words={describeCell(row, key, formatTime)} />;
    },
    Head: function ConnectorHead() {
      const words = `${label}: listed in ${workspaces} ${workspaces === 1 ? "workspace" : "workspaces"}`;
      return (
        <span
          data-tip={words}
          className="line-clamp-2 text-center text-12 leading-[14px] text-balance wrap-anywhere"
        >
          {label}
        </span>
      );
    },
    place: "w-22 justify-center px-1! @max-[560px]/list:hidden",
    unsorted: true,
  };
}

/** A column per connector behind the workspace, which stays put when the matrix scrolls sideways. */
export function matrixColumns(connectors: readonly MatrixColumn[]): readonly ListColumn<MatrixRow>[] {
  return [...lead, ...connectors.map(connectorColumn), counts];
}

/** Class of the grid's width; the number of columns is known only here, so it stands in a variable. */
export const matrixWidth = "min-w-(--matrix-width) @max-[560px]/list:min-w-0";

export function matrixStyle(connectors: number): CSSProperties {
  return { "--matrix-width": `${leadPx + connectors * cellPx}px` } as CSSProperties;
}
