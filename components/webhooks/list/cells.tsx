"use client";

import { CircleAlert } from "lucide-react";
import Link from "next/link";
import { Dash } from "@/components/data/list/dash";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps } from "@/components/data/list/list-column";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { cx } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import type { WebhookHealth } from "@/lib/domain/webhook-health";
import { webhookState } from "@/lib/domain/webhook-state";
import { routes } from "@/lib/routes";
import { latencyText, percentText, restsOn } from "../figures";
import { hostOf } from "../host-of";
import { StateMark } from "../state-mark";
import { useHealthOf } from "./health-context";

type Cell = CellProps<Webhook>;

export function NameCell({ row }: Cell) {
  const { organisation } = useSession();
  return (
    <Link
      href={routes.webhook(organisation.slug, row.id)}
      prefetch={false}
      tabIndex={-1}
      onClick={keepForRow}
      className="truncate font-medium text-strong"
      data-tip={row.name ?? row.id}
      data-tip-cut=""
    >
      {row.name ?? row.id}
    </Link>
  );
}

export function StateCell({ row }: Cell) {
  return <StateMark state={webhookState(row)} />;
}

export function AddressCell({ row }: Cell) {
  return row.url ? (
    <span data-tip={row.url} className="truncate font-mono text-12">
      {hostOf(row.url)}
    </span>
  ) : (
    <Dash word="Address not given" />
  );
}

/** A figure of the last day: its place while it is read, a dash with the reason when it could not be. */
function Figure({ row, children }: Cell & { readonly children: (health: WebhookHealth) => React.ReactNode }) {
  const { health, isReading } = useHealthOf(row.id);
  if (health === null) return isReading ? <Skeleton className="h-2.5 w-10" /> : <Dash word="Not read" />;
  if (health.health === null)
    return (
      <span data-tip={health.failure?.detail ?? "The log could not be read"} className="text-quiet">
        <Dash word="The log could not be read" />
      </span>
    );
  return children(health);
}

export function RateCell({ row }: Cell) {
  return (
    <Figure row={row}>
      {({ health, forecast }) =>
        health === null ? null : (
          <span className="flex min-w-0 items-center gap-1.5">
            {forecast.level === "watch" || forecast.level === "near" ? (
              <CircleAlert
                aria-label={`${forecast.failures} failures in a row`}
                className={cx("size-3.5 shrink-0", forecast.level === "near" ? "text-danger" : "text-strong")}
              />
            ) : null}
            <span className="text-strong">{percentText(health.successRate)}</span>
            <span className="truncate text-12 text-quiet">{restsOn(health)}</span>
          </span>
        )
      }
    </Figure>
  );
}

export function LastSuccessCell({ row }: Cell) {
  return (
    <Figure row={row}>
      {({ health }) =>
        health?.lastDeliveredAt ? (
          <Time value={health.lastDeliveredAt} />
        ) : (
          <span className="text-quiet">None in 24 h</span>
        )
      }
    </Figure>
  );
}

export function LastErrorCell({ row }: Cell) {
  return (
    <Figure row={row}>
      {({ health }) => {
        const last = health?.lastFailure;
        if (!last) return <span className="text-quiet">None in 24 h</span>;
        const words =
          last.httpStatusCode === null ? (last.message ?? "No answer") : String(last.httpStatusCode);
        return (
          <span className="flex min-w-0 gap-2">
            <Time value={last.createdAt} className="shrink-0" />
            <span data-tip={last.message ?? words} className="truncate text-quiet">
              {words}
            </span>
          </span>
        );
      }}
    </Figure>
  );
}

export function LatencyCell({ row }: Cell) {
  return (
    <Figure row={row}>
      {({ health }) => (
        <span
          data-tip={
            health?.latencySamples
              ? `95th percentile of ${health.latencySamples} delivered`
              : "Nothing was delivered"
          }
        >
          {latencyText(health?.p95LatencyMs ?? null)}
        </span>
      )}
    </Figure>
  );
}

export function EventsCell({ row }: Cell) {
  const events = row.eventTypes ?? [];
  if (events.length === 0) return <Dash word="Events not given" />;
  const [first] = events;
  return (
    <span data-tip={events.join("\n")} className="flex min-w-0 items-baseline gap-1.5">
      <span className="truncate font-mono text-12">{first}</span>
      {events.length > 1 ? <span className="shrink-0 text-quiet">+{events.length - 1}</span> : null}
    </span>
  );
}
