"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { deliveryOutcome } from "@/lib/domain/delivery-outcome";
import { type ChangeControl, useWebhookChange } from "@/lib/queries/use-webhook-change";
import { type SentDelivery, testChange } from "@/lib/queries/webhook-changes";
import { testResultQuery } from "@/lib/queries/webhooks";
import { idOf } from "../say-done";
import { NoResult, NotSent, type SentOnRequest, SentResult, type SentResultProps } from "../sent-result";
import { UnknownOutcome } from "../unknown-outcome";

export interface WebhookTest {
  readonly change: ChangeControl<SentDelivery>;
  readonly send: () => void;
  /** The last test; null before the first. */
  readonly sent: SentOnRequest | null;
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

const titles: SentResultProps["titles"] = (answer, took) => ({
  delivered: `The receiver took the test: it answered${answer}${took}`,
  failed:
    answer === ""
      ? `The test did not reach the receiver${took}`
      : `The receiver refused the test: it answered${answer}${took}`,
  pending: "The test is on its way; the receiver has not answered yet",
  unknown: "The test ended, and ContraForce does not say how",
});

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
  if (!sent.ok) return <NotSent sent={sent} />;
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
      <NoResult
        sent={sent}
        tone="caution"
        title="The test was sent; its result is not in the delivery log yet"
        advice="Look for it under Deliveries below."
      />
    );
  return (
    <SentResult
      org={org}
      webhookId={webhookId}
      sent={sent}
      row={row}
      titles={titles}
      advice="Tests count neither in the figures nor, as far as is known, towards disabling."
      openIt="Open the delivery"
    />
  );
}
