"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import { FailureBar } from "@/components/data/failure-panel";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import type { WebhookHealth, WebhookHealthView } from "@/lib/domain/webhook-health";
import { routes } from "@/lib/routes";
import { ForecastText } from "../forecast-text";

export interface HealthNoticesProps {
  readonly org: string;
  readonly health: UseQueryResult<WebhookHealthView>;
  readonly webhooks: readonly Webhook[];
}

const line = "border-b border-l-2 border-line px-3 py-2 text-13 text-pretty";

/** What the figures do not cover, and which webhooks are about to be disabled, above the list. */
export function HealthNotices({ org, health, webhooks }: HealthNoticesProps) {
  const { data, error } = health;
  const nameOf = (id: string) => webhooks.find((webhook) => webhook.id === id)?.name ?? id;
  const inTrouble = (data?.webhooks ?? []).filter(
    ({ forecast }) =>
      forecast.level === "near" || forecast.level === "watch" || forecast.level === "disabled",
  );
  const unread = (data?.webhooks ?? []).filter((one) => one.health === null);
  return (
    <>
      {inTrouble.length > 0 ? (
        <ul aria-label="Webhooks in trouble">
          {inTrouble.map((one) => (
            <Trouble key={one.webhookId} org={org} one={one} name={nameOf(one.webhookId)} />
          ))}
        </ul>
      ) : null}
      {unread.length > 0 ? (
        <p role="status" className={`${line} border-l-edge text-normal`}>
          {unread.length === 1 ? "The delivery log of " : "The delivery logs of "}
          {unread.map(({ webhookId }) => nameOf(webhookId)).join(", ")} could not be read:{" "}
          {unread[0]?.failure?.detail}
        </p>
      ) : null}
      {data?.isLimited ? (
        <p className={`${line} border-l-edge text-quiet`}>
          The figures cover the deliveries of the workspaces that you see, and no others.
        </p>
      ) : null}
      {error ? (
        <FailureBar
          error={error}
          onRetry={() => void health.refetch()}
          unaffected={
            data
              ? "The figures below were read before."
              : "The list of webhooks is unaffected; its figures are missing."
          }
        />
      ) : null}
    </>
  );
}

function Trouble({
  org,
  one,
  name,
}: {
  readonly org: string;
  readonly one: WebhookHealth;
  readonly name: string;
}) {
  const isGrave = one.forecast.level !== "watch";
  return (
    <li className={`${line} ${isGrave ? "border-l-danger" : "border-l-strong"} text-normal`}>
      <Link
        href={routes.webhook(org, one.webhookId)}
        prefetch={false}
        className="font-medium text-strong underline"
      >
        {name}
      </Link>{" "}
      <ForecastText forecast={one.forecast} />
    </li>
  );
}
