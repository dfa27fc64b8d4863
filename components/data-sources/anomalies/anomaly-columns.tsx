"use client";

import { Dash } from "@/components/data/list/dash";
import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { useFormatTime } from "@/components/data/use-format-time";
import { Time } from "@/components/shell/time";
import type { AnomalyColumn } from "@/lib/domain/data-source-view";
import { anomalyConnector, anomalyText, describeState } from "@/lib/domain/data-source-words";
import type { DataSourceAnomaly } from "@/lib/domain/data-sources";
import { AnomalyMark } from "../marks";

type Props = CellProps<DataSourceAnomaly>;

function StateMark({ row }: Props) {
  return <AnomalyMark state={row.state} />;
}

function WorkspaceCell({ row: { workspaceId, workspaceName } }: Props) {
  if (workspaceId === null) return <span className="text-quiet">Workspace not named</span>;
  return <WorkspaceName workspaceId={workspaceId} name={workspaceName} />;
}

function ConnectorCell({ row }: Props) {
  return <MiddleText text={anomalyConnector(row)} className="font-medium text-strong" />;
}

function TableCell({ row }: Props) {
  if (row.tableName === null) return <Dash word="No table named" />;
  return <MiddleText text={row.tableName} />;
}

function MessageCell({ row }: Props) {
  const text = anomalyText(row);
  return (
    <span data-tip={text} data-tip-cut="" className="min-w-0 truncate">
      {text}
    </span>
  );
}

function StateCell({ row }: Props) {
  const formatTime = useFormatTime();
  const text = describeState(row, formatTime);
  return (
    <span data-tip={text} data-tip-cut="" className="min-w-0 truncate">
      {text}
    </span>
  );
}

function Moment({ value, none }: { readonly value: string | null; readonly none: string }) {
  if (value === null) return <Dash word={none} />;
  return <Time value={value} className="whitespace-nowrap" />;
}

const FirstSeenCell = ({ row }: Props) => <Moment value={row.firstSeenAt} none="Not known" />;
const LastGoodCell = ({ row }: Props) => <Moment value={row.lastGoodAt} none="Never read without it" />;
const LastReceivedCell = ({ row }: Props) => <Moment value={row.lastReceivedAt} none="Not told" />;

/** Short in the cell; the whole figure is in the tip. */
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

function VolumeCell({ row: { actual, expected } }: Props) {
  if (actual === null && expected === null) return <Dash word="Not told" />;
  const text = (value: number | null) => (value === null ? "not told" : value.toLocaleString("en"));
  const words = `${text(actual)} rows, ${text(expected)} expected`;
  return (
    <span data-tip={words} className="min-w-0 truncate">
      <span aria-hidden="true">
        {actual === null ? "–" : short.format(actual)}
        <span className="text-quiet"> / {expected === null ? "–" : short.format(expected)}</span>
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** Spare columns leave beside the drawer, which has what they say. */
const spare = "@max-[1000px]/list:hidden";

/** From here on the table scrolls sideways. */
export const anomalyListWidth = "min-w-[1176px] @max-[1000px]/list:min-w-0";

/** In the order in which they stand. */
export const anomalyListColumns: readonly ListColumn<DataSourceAnomaly, AnomalyColumn>[] = [
  {
    id: "state",
    label: "State",
    Cell: StateMark,
    Head: () => <span className="sr-only">Mark</span>,
    place: "w-10 justify-center @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    fixed: "first",
  },
  {
    id: "workspace",
    label: "Workspace",
    Cell: WorkspaceCell,
    place: "basis-40 grow-2 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2",
    fixed: "second",
  },
  {
    id: "connector",
    label: "Connector",
    Cell: ConnectorCell,
    place: "basis-44 grow-2 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-1",
  },
  { id: "table", label: "Table", Cell: TableCell, place: `basis-32 grow ${spare}` },
  {
    id: "message",
    label: "Message",
    Cell: MessageCell,
    place: "basis-44 grow-3 @max-[860px]/list:hidden",
  },
  {
    id: "status",
    label: "Status",
    Cell: StateCell,
    place:
      "basis-32 @max-[720px]/list:hidden @max-[560px]/list:flex @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-end",
  },
  {
    id: "firstSeen",
    label: "First seen",
    Cell: FirstSeenCell,
    place: "basis-20 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
    end: true,
  },
  { id: "lastGood", label: "Last good", Cell: LastGoodCell, place: `basis-20 ${spare}`, end: true },
  {
    id: "lastReceived",
    label: "Last received",
    Cell: LastReceivedCell,
    place: "basis-24 @max-[720px]/list:hidden",
    end: true,
  },
  { id: "volume", label: "Rows / expected", Cell: VolumeCell, place: `basis-28 ${spare}`, end: true },
];
