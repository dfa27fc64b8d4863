"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { DataAge } from "@/components/data/data-age";
import { FailureCallout } from "@/components/data/failure-panel";
import { useCan } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { buttonClass } from "@/components/ui/button-class";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import type { DeliveryHealth } from "@/lib/domain/delivery-health";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";
import { routes } from "@/lib/routes";
import { count, latencyText, percentText, restsOn } from "../figures";
import { ForecastText } from "../forecast-text";

export interface WebhookFiguresProps {
  readonly org: string;
  readonly webhook: Webhook;
  readonly health: UseQueryResult<WebhookHealthView>;
}

/** How it fared in the last day, what that rests on, and whether it is about to be disabled. */
export function WebhookFigures({ org, webhook, health }: WebhookFiguresProps) {
  const { data, error, isPending } = health;
  const again = () => void health.refetch();
  const one = data?.webhooks.find(({ webhookId }) => webhookId === webhook.id) ?? null;
  return (
    <section aria-label="Last 24 hours" className="border-t border-line py-5">
      {one && one.forecast.level !== "none" ? (
        <Callout
          tone={one.forecast.level === "watch" ? "caution" : "danger"}
          title={
            <>
              {webhook.name || "It"} <ForecastText forecast={one.forecast} />
            </>
          }
          className="mb-4"
        />
      ) : null}
      {error ? (
        <FailureCallout
          error={error}
          onRetry={again}
          unaffected={
            data
              ? "The figures below were read before."
              : "The webhook itself is unaffected; its figures are missing."
          }
          className="mb-4"
        />
      ) : null}
      {one?.health ? (
        <>
          <Figures org={org} webhookId={webhook.id} health={one.health} />
          <RecoveryLink org={org} webhookId={webhook.id} health={one.health} />
          <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-quiet">
            <span>{basis(one.health, data?.isLimited === true)}</span>
            <DataAge asOf={data?.asOf ?? null} />
          </p>
        </>
      ) : isPending ? (
        <FigureRow>
          {["Delivered", "Failed", "Last success", "Last error", "p95 latency"].map((name) => (
            <Figure key={name} name={name}>
              <Skeleton className="h-6 w-20" />
            </Figure>
          ))}
        </FigureRow>
      ) : data ? (
        <p className="text-13 text-normal">
          {one?.failure
            ? `Its delivery log could not be read: ${one.failure.detail}`
            : "It is newer than the last reading of the delivery logs; its figures come with the next one."}
        </p>
      ) : null}
    </section>
  );
}

/** From failures to the plan that makes them good: the row of failures, else the whole day. */
function RecoveryLink({ org, webhookId, health }: FiguresProps) {
  const canManage = useCan("webhooks:manage");
  if (!canManage || health.failed === 0) return null;
  const { runFrom, runTo } = health;
  const window = runFrom && runTo ? { from: runFrom, to: runTo } : { from: health.from, to: health.to };
  return (
    <p className="mt-4">
      <Link
        href={routes.recoveryPlan(org, { webhookId, ...window })}
        prefetch={false}
        className={buttonClass("secondary", "small")}
      >
        Plan a recovery of what failed
      </Link>
    </p>
  );
}

/** "Last 24 h, read in full; 3 tests and 1 redelivery left out." */
function basis(health: DeliveryHealth, isLimited: boolean): string {
  const { leftOut, isComplete, pending, undecided } = health;
  const parts = [
    isComplete
      ? "Last 24 h, read in full"
      : "Only the newest part of the last 24 h was read: every count is at least",
    `${count(leftOut.tests)} ${leftOut.tests === 1 ? "test" : "tests"} and ${count(leftOut.redeliveries)} ${leftOut.redeliveries === 1 ? "redelivery" : "redeliveries"} left out`,
    ...(pending > 0 ? [`${count(pending)} still pending`] : []),
    ...(undecided > 0 ? [`${count(undecided)} that ContraForce does not decide`] : []),
    ...(isLimited ? ["of the workspaces that you see"] : []),
  ];
  return parts.join(" · ");
}

function FigureRow({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-14">{children}</dl>;
}

function Figure({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-quiet">{name}</dt>
      <dd className="truncate text-20 font-semibold text-strong">{children}</dd>
      {note ? <dd className="truncate text-12 text-quiet">{note}</dd> : null}
    </div>
  );
}

interface FiguresProps {
  readonly org: string;
  readonly webhookId: string;
  readonly health: DeliveryHealth;
}

function Figures({ org, webhookId, health }: FiguresProps) {
  const { lastFailure, lastDeliveredAt } = health;
  const atLeast = health.isComplete ? "" : "at least ";
  return (
    <FigureRow>
      <Figure name="Delivered" note={restsOn(health)}>
        {percentText(health.successRate)}
      </Figure>
      <Figure
        name="Failed"
        note={
          health.failedEventsInARow > 0
            ? `${count(health.failedEventsInARow)} events in a row`
            : "none in a row"
        }
      >
        {atLeast}
        {count(health.failed)}
      </Figure>
      <Figure name="Last success" note={lastDeliveredAt ? "ago" : "in the last 24 h"}>
        {lastDeliveredAt ? <Time value={lastDeliveredAt} /> : "None"}
      </Figure>
      <Figure
        name="Last error"
        note={
          lastFailure ? (
            <span data-tip={lastFailure.message ?? undefined}>
              {lastFailure.httpStatusCode ?? lastFailure.message ?? "no answer"}
            </span>
          ) : (
            "in the last 24 h"
          )
        }
      >
        {lastFailure === null ? (
          "None"
        ) : lastFailure.createdAt === null ? (
          "At an unknown time"
        ) : (
          <Link
            href={routes.delivery(org, {
              webhookId,
              logId: lastFailure.logId,
              createdAt: lastFailure.createdAt,
            })}
            prefetch={false}
            className="underline decoration-line underline-offset-4 hover:decoration-current"
          >
            <Time value={lastFailure.createdAt} />
          </Link>
        )}
      </Figure>
      <Figure
        name="p95 latency"
        note={
          health.latencySamples > 0 ? `of ${count(health.latencySamples)} delivered` : "nothing delivered"
        }
      >
        {latencyText(health.p95LatencyMs)}
      </Figure>
    </FigureRow>
  );
}
