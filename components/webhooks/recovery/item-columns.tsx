"use client";

import Link from "next/link";
import { Dash } from "@/components/data/list/dash";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { cx } from "@/components/ui/class-names";
import type { RecoveryItem, RecoveryItemState } from "@/lib/domain/recovery";
import { routes } from "@/lib/routes";
import { useWebhookName } from "../webhook-names";
import { itemWords, resultWords } from "./words";

type Cell = CellProps<RecoveryItem>;

const inks: Readonly<Record<RecoveryItemState, string>> = {
  waiting: "text-quiet",
  sending: "text-strong",
  redelivered: "text-normal",
  skipped: "text-quiet",
  refused: "text-danger",
  unknown: "text-strong font-medium",
};

function StateCell({ row }: Cell) {
  const { state, why } = row;
  return (
    <span data-tip={why ?? undefined} className={cx("truncate", inks[state])}>
      {itemWords[state]}
    </span>
  );
}

function ResultCell({ row }: Cell) {
  const { organisation } = useSession();
  const { result, resultHttpStatusCode: code, resultLogId, resultCreatedAt, webhookId, why } = row;
  if (result === null)
    return why ? (
      <span data-tip={why} className="truncate text-quiet">
        {why}
      </span>
    ) : (
      <Dash word="No result yet" />
    );
  const words = `${resultWords[result]}${code === null ? "" : `, ${code}`}`;
  const ink = result === "failed" ? "text-danger" : result === "delivered" ? "text-normal" : "text-quiet";
  if (resultLogId === null || resultCreatedAt === null)
    return <span className={cx("truncate", ink)}>{words}</span>;
  return (
    <Link
      href={routes.delivery(organisation.slug, { webhookId, logId: resultLogId, createdAt: resultCreatedAt })}
      prefetch={false}
      tabIndex={-1}
      onClick={keepForRow}
      className={cx("truncate outline-none", ink)}
    >
      {words}
    </Link>
  );
}

function SubjectCell({ row }: Cell) {
  const text = row.subjectName ?? row.subjectId ?? row.eventType ?? "(no subject)";
  return (
    <span className="min-w-0 text-strong">
      <MiddleText text={text} />
    </span>
  );
}

function WorkspaceCell({ row }: Cell) {
  const { accountId, accountName } = row;
  if (accountId === null) return <Dash word="Workspace not given" />;
  return <WorkspaceName workspaceId={accountId} name={accountName} />;
}

function WebhookCell({ row }: Cell) {
  return <span className="truncate">{useWebhookName(row.webhookId)}</span>;
}

function FailedCell({ row }: Cell) {
  return (
    <span className="truncate">
      {row.attempts} {row.attempts === 1 ? "time" : "times"}
      {row.httpStatusCode === null ? ", no answer" : `, ${row.httpStatusCode}`}
    </span>
  );
}

function SentCell({ row }: Cell) {
  return row.sentAt === null ? <Dash word="Not sent" /> : <Time value={row.sentAt} mode="absolute" />;
}

const hidden = "@max-[560px]/list:hidden";

/** From here on the table scrolls sideways. */
export const itemListWidth = "min-w-[1040px]";

export const itemColumns: readonly ListColumn<RecoveryItem>[] = [
  {
    id: "state",
    label: "State",
    Cell: StateCell,
    place:
      "basis-28 pl-4! @max-[560px]/list:col-span-3 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-2",
  },
  {
    id: "subject",
    label: "Subject",
    Cell: SubjectCell,
    place:
      "basis-64 grow-5 @max-[560px]/list:col-span-3 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1 @max-[560px]/list:pl-4!",
  },
  { id: "workspace", label: "Workspace", Cell: WorkspaceCell, place: `basis-44 grow ${hidden}` },
  { id: "webhook", label: "Webhook", Cell: WebhookCell, place: `basis-36 grow ${hidden}` },
  { id: "failed", label: "Failed", Cell: FailedCell, place: `basis-32 ${hidden}` },
  { id: "sent", label: "Sent again", Cell: SentCell, place: `basis-28 ${hidden}` },
  {
    id: "result",
    label: "Result",
    Cell: ResultCell,
    // In a card it stands right of the state, which is as wide as its word.
    place:
      "basis-44 grow-2 pr-4! @max-[560px]/list:col-start-2 @max-[560px]/list:col-span-2 @max-[560px]/list:row-start-2 @max-[560px]/list:pl-20!",
  },
];
