"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Callout } from "@/components/ui/callout";
import { buttonClass } from "@/components/ui/button-class";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { deliveryOutcome } from "@/lib/domain/delivery-outcome";
import { type ChangeControl, useWebhookChange } from "@/lib/queries/use-webhook-change";
import { type SentDelivery, testChange } from "@/lib/queries/webhook-changes";
import { type Sent, testResultQuery } from "@/lib/queries/webhooks";
import { routes } from "@/lib/routes";
import { latencyText } from "../figures";
import { idOf } from "../say-done";
import { UnknownOutcome } from "../unknown-outcome";

export interface WebhookTest {
  readonly change: ChangeControl<SentDelivery>;
  readonly send: () => void;
  /** The last test; null before the first. */
  readonly sent: (Sent & { readonly requestId: string | null }) | null;
}

/** Sends test events, one at a time. */
export function useWebhookTest(org: string, webhookId: string): WebhookTest {
  const change = useWebhookChange<SentDelivery>(org);
  const [sent, setSent] = useState<WebhookTest["sent"]>(null);
  const send = () => {
    if (change.isBusy) return;
    setSent(null);
    change.run(testChange(org, webhookId), ({ data, meta }) =>
      setSent({ ...data, atMs: Date.now(), requestId: idOf(meta) }),
    );
  };
  return { change, send, sent };
}

export interface TestVerdictProps {
  readonly org: string;
  readonly webhookId: string;
  readonly test: WebhookTest;
}

/** The verdict of the last test, where it was asked for. */
export function TestVerdict({ org, webhookId, test }: TestVerdictProps) {
  const { change, send, sent } = test;
  const { data, error, refetch } = useQuery(testResultQuery(org, webhookId, sent));
  if (change.unknown)
    return <UnknownOutcome org={org} unknown={change.unknown} webhookId={webhookId} className="mt-3" />;
  if (change.error)
    return (
      <FailureCallout error={change.error} onRetry={send} unaffected="No test was sent." className="mt-3" />
    );
  const row = data?.row ?? null;
  const isEnded = row !== null && deliveryOutcome(row) !== "pending";
  if (change.isBusy || (sent?.ok && !isEnded && !error && !data?.isGivenUp))
    return (
      <p role="status" className="mt-3 text-13 text-quiet">
        Sending a test event and waiting for the answer of the receiver
      </p>
    );
  if (sent === null) return null;
  const ids = sent.requestId ? [{ label: "Request id", value: sent.requestId }] : [];
  if (!sent.ok)
    return (
      <Callout
        tone="danger"
        title="ContraForce answered that it did not send it"
        ids={ids}
        className="mt-3"
      />
    );
  if (error)
    return (
      <FailureCallout
        error={error}
        onRetry={() => void refetch()}
        unaffected="The test was sent; only its result could not be read."
        className="mt-3"
      />
    );
  if (row === null)
    return (
      <Callout
        tone="caution"
        title="The test was sent; its result is not in the delivery log yet"
        advice="Look for it under Deliveries below."
        ids={ids}
        className="mt-3"
      />
    );
  return <Verdict org={org} webhookId={webhookId} row={row} ids={ids} />;
}

interface VerdictProps {
  readonly org: string;
  readonly webhookId: string;
  readonly row: DeliveryLog;
  readonly ids: readonly { readonly label: string; readonly value: string }[];
}

function Verdict({ org, webhookId, row, ids }: VerdictProps) {
  const outcome = deliveryOutcome(row);
  const answered = row.httpStatusCode === null ? "" : ` with ${row.httpStatusCode}`;
  const took = row.latencyMs === null ? "" : ` after ${latencyText(row.latencyMs)}`;
  const titles = {
    delivered: `The receiver took the test: it answered${answered}${took}`,
    failed:
      row.httpStatusCode === null
        ? `The test did not reach the receiver${took}`
        : `The receiver refused the test: it answered${answered}${took}`,
    pending: "The test is on its way; the receiver has not answered yet",
    unknown: "The test ended, and ContraForce does not say how",
  } as const;
  return (
    <Callout
      tone={outcome === "failed" ? "danger" : outcome === "delivered" ? "neutral" : "caution"}
      title={titles[outcome]}
      unaffected={row.errorMessage ?? undefined}
      advice={
        outcome === "delivered"
          ? undefined
          : "Tests count neither in the figures nor, as far as is known, towards disabling."
      }
      ids={ids}
      action={
        row.createdAt === null ? null : (
          <Link
            href={routes.delivery(org, { webhookId, logId: row.id, createdAt: row.createdAt })}
            prefetch={false}
            className={buttonClass("secondary", "small")}
          >
            Open the delivery
          </Link>
        )
      }
      className="mt-3"
    />
  );
}
