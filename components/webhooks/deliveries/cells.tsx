"use client";

import Link from "next/link";
import { Dash } from "@/components/data/list/dash";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { deliveryOutcome, isRedelivery } from "@/lib/domain/delivery-outcome";
import type { DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { routes } from "@/lib/routes";
import { latencyText } from "../figures";
import { OutcomeMark } from "../outcome-mark";
import { useWebhookName } from "../webhook-names";

type Cell = CellProps<DeliveryRow>;

export function OutcomeCell({ row }: Cell) {
  return <OutcomeMark outcome={deliveryOutcome(row)} />;
}

export function WorkspaceCell({ row }: Cell) {
  const { eventSourceAccountId: id, eventSourceAccountName: name } = row;
  if (id === null) return <Dash word="Workspace not given" />;
  return <WorkspaceName workspaceId={id} name={name} />;
}

/** A link to the delivery's own page, so that it can be opened beside. */
export function SubjectCell({ row }: Cell) {
  const { organisation } = useSession();
  const text = row.eventSubjectDisplayName ?? row.eventSubjectId ?? "(no subject)";
  if (row.createdAt === null) return <MiddleText text={text} />;
  const key = { webhookId: row.webhookId, logId: row.id, createdAt: row.createdAt };
  return (
    <Link
      href={routes.delivery(organisation.slug, key)}
      prefetch={false}
      tabIndex={-1}
      draggable={false}
      onClick={keepForRow}
      className="min-w-0 text-strong outline-none"
    >
      <MiddleText text={text} />
    </Link>
  );
}

export function EventCell({ row }: Cell) {
  if (!row.eventType) return <Dash word="Event not given" />;
  return (
    <span data-tip={row.eventType} data-tip-cut="" className="truncate font-mono text-12">
      {row.eventType}
    </span>
  );
}

export function WebhookCell({ row }: Cell) {
  return <span className="truncate">{useWebhookName(row.webhookId)}</span>;
}

/** What the receiver answered, and why it did not take it. */
export function AnswerCell({ row }: Cell) {
  const { httpStatusCode: code, errorMessage: error } = row;
  if (code === null && !error) return <Dash word="No answer yet" />;
  const isTaken = code !== null && code >= 200 && code < 300;
  return (
    <span data-tip={error ?? undefined} className="flex min-w-0 gap-2">
      {code === null ? null : <span className="shrink-0">{code}</span>}
      {isTaken ? null : <span className="truncate text-quiet">{error}</span>}
    </span>
  );
}

/** Which attempt, and whether a person asked for it. */
export function AttemptCell({ row }: Cell) {
  const marks = [row.isTest ? "Test" : null, isRedelivery(row) ? "Redelivery" : null].filter(Boolean);
  return (
    <span className="flex min-w-0 gap-2">
      <span>{row.attemptNumber ?? "–"}</span>
      {marks.length > 0 ? <span className="truncate text-quiet">{marks.join(", ")}</span> : null}
    </span>
  );
}

export function LatencyCell({ row }: Cell) {
  return <span className="truncate">{latencyText(row.latencyMs)}</span>;
}

export function AgeCell({ row }: Cell) {
  return <Time value={row.createdAt} />;
}
