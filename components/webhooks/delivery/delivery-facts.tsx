"use client";

import Link from "next/link";
import { Identifier } from "@/components/data/identifier";
import { Time } from "@/components/shell/time";
import { Fact, Facts, Section } from "@/components/ui/section";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { deliveryLagMs } from "@/lib/domain/delivery-outcome";
import { routes } from "@/lib/routes";
import { latencyText } from "../figures";

export interface DeliveryFactsProps {
  readonly org: string;
  readonly log: DeliveryLog;
  readonly webhookId: string;
  readonly webhookName: string;
}

/** When, to whom, how long, and the ids. */
export function DeliveryFacts({ org, log, webhookId, webhookName }: DeliveryFactsProps) {
  const { eventSourceAccountId: accountId } = log;
  return (
    <div className="py-5 max-lg:border-t max-lg:border-line">
      <Section title="Facts">
        <Facts>
          <Fact name="Answer">{log.httpStatusCode ?? "None"}</Fact>
          {log.errorMessage ? <Fact name="Error">{log.errorMessage}</Fact> : null}
          <Fact name="Latency">{latencyText(log.latencyMs)}</Fact>
          <Fact name="Occurred to completed">{latencyText(deliveryLagMs(log))}</Fact>
          <Fact name="Attempt">{log.attemptNumber ?? "Not given"}</Fact>
          <Fact name="Event occurred">
            <Time value={log.eventOccurredAt} mode="absolute" />
          </Fact>
          <Fact name="Sent">
            <Time value={log.createdAt} mode="absolute" />
          </Fact>
          <Fact name="Completed">
            {log.completedAt === null ? "Not yet" : <Time value={log.completedAt} mode="absolute" />}
          </Fact>
          {log.redeliveryRequestedAt ? (
            <Fact name="Redelivery asked for">
              <Time value={log.redeliveryRequestedAt} mode="absolute" />
            </Fact>
          ) : null}
          <Fact name="Webhook">
            <Link href={routes.webhook(org, webhookId)} prefetch={false} className="underline">
              {webhookName}
            </Link>
          </Fact>
          <Fact name="Workspace">
            {accountId === null ? (
              "Not given"
            ) : (
              <WorkspaceTile workspaceId={accountId} name={log.eventSourceAccountName} withName />
            )}
          </Fact>
          <Fact name="Event">
            <code className="font-mono text-12">{log.eventType ?? "Not given"}</code>
          </Fact>
          <Id name="Event id" value={log.eventId} />
          <Id name="Subject id" value={log.eventSubjectId} />
          <Id name="Delivery id" value={log.id} />
          <Id name="First delivery" value={log.originalDeliveryId} />
          <Fact name="ContraForce says">{log.status ?? "Not given"}</Fact>
        </Facts>
      </Section>
    </div>
  );
}

function Id({ name, value }: { readonly name: string; readonly value: string | null }) {
  if (!value) return null;
  return (
    <Fact name={name}>
      <Identifier text={value} what={name.toLowerCase()} />
    </Fact>
  );
}
