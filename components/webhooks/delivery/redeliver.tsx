"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Repeat2 } from "lucide-react";
import { useEffect, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { useCan } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { deliveryOutcome } from "@/lib/domain/delivery-outcome";
import { useWebhookChange } from "@/lib/queries/use-webhook-change";
import { redeliverChange, type SentDelivery } from "@/lib/queries/webhook-changes";
import { redeliveryResultQuery } from "@/lib/queries/webhooks";
import type { DeliveryKey } from "@/lib/routes";
import { idOf } from "../say-done";
import { NoResult, NotSent, type SentOnRequest, SentResult, type SentResultProps } from "../sent-result";
import { UnknownOutcome } from "../unknown-outcome";

const ConfirmDialog = onDemand(() =>
  import("@/components/data/confirm-dialog").then((module) => module.ConfirmDialog),
);

export interface RedeliverProps {
  readonly org: string;
  readonly deliveryKey: DeliveryKey;
  readonly log: DeliveryLog;
  readonly webhookName: string;
}

/** Sends the event once more, after asking; the result comes up in its place. */
export function Redeliver({ org, deliveryKey, log, webhookName }: RedeliverProps) {
  const canManage = useCan("webhooks:manage");
  const change = useWebhookChange<SentDelivery>(org);
  const [isAsking, setAsking] = useState(false);
  const [sent, setSent] = useState<SentOnRequest | null>(null);
  if (!canManage)
    return (
      <p className="pb-4 text-13 text-quiet">An administrator of this organisation can send it once more.</p>
    );
  const subject = log.eventSubjectDisplayName ?? log.eventType ?? "this event";
  const send = () => {
    setSent(null);
    setAsking(false);
    change.run(redeliverChange(org, deliveryKey), ({ data, meta }) =>
      setSent({ ...data, requestId: idOf(meta), atMs: Date.now() }),
    );
  };
  const isOpen = change.unknown !== null && change.unknown.settlement?.verdict !== "not-happened";
  return (
    <div className="pb-4">
      <Button onClick={() => setAsking(true)} busy={change.isBusy} disabled={isOpen}>
        <Repeat2 aria-hidden="true" className="size-4" />
        Redeliver
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title={`Redeliver to ${webhookName}?`}
          about={`${subject} is sent once more, with the same event id and a new signature. A receiver that keeps to the rules takes it as the same event.`}
          verb="Redeliver 1 event"
          keep="Do not send it"
          tone="primary"
          isBusy={false}
          error={null}
          onConfirm={send}
          onClose={() => setAsking(false)}
        />
      ) : null}
      {change.error ? (
        <FailureCallout error={change.error} onRetry={send} unaffected="Nothing was sent." className="mt-3" />
      ) : null}
      {change.unknown ? (
        <UnknownOutcome
          org={org}
          unknown={change.unknown}
          webhookId={deliveryKey.webhookId}
          className="mt-3"
        />
      ) : null}
      {sent && !change.isBusy ? <Result org={org} deliveryKey={deliveryKey} sent={sent} /> : null}
    </div>
  );
}

const titles: SentResultProps["titles"] = (answer, took) => ({
  delivered: `Redelivered: the receiver answered${answer}${took}`,
  failed:
    answer === ""
      ? `Sent again, and it did not reach the receiver${took}`
      : `Sent again, and the receiver refused it${answer}${took}`,
  pending: "It was sent; waiting for its result",
  unknown: "Sent again; ContraForce does not say what became of it",
});

interface ResultProps {
  readonly org: string;
  readonly deliveryKey: DeliveryKey;
  readonly sent: SentOnRequest;
}

function Result({ org, deliveryKey, sent }: ResultProps) {
  const { data, error, refetch } = useQuery(redeliveryResultQuery(org, deliveryKey, sent));
  const row = data?.row ?? null;
  const isEnded = row !== null && deliveryOutcome(row) !== "pending";
  const client = useQueryClient();
  useEffect(() => {
    // The list of attempts was read while this one was pending.
    if (isEnded) void client.invalidateQueries({ queryKey: [org, "webhooks", "attempts"] });
  }, [client, org, isEnded]);
  if (!sent.ok) return <NotSent sent={sent} />;
  if (error)
    return (
      <FailureCallout
        error={error}
        onRetry={() => void refetch()}
        unaffected="It was sent; only its result could not be read."
        className="mt-3"
      />
    );
  if (!isEnded)
    return (
      <NoResult
        sent={sent}
        tone="neutral"
        title={
          data?.isGivenUp
            ? "It was sent; its result is not in the log yet"
            : "It was sent; waiting for its result"
        }
        advice={data?.isGivenUp ? "Look for it among the attempts later." : undefined}
      />
    );
  return (
    <SentResult
      org={org}
      webhookId={deliveryKey.webhookId}
      sent={sent}
      row={row}
      titles={titles}
      openIt="Open the redelivery"
    />
  );
}
