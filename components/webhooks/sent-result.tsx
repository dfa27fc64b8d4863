"use client";

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { buttonClass } from "@/components/ui/button-class";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { type DeliveryOutcome, deliveryOutcome } from "@/lib/domain/delivery-outcome";
import type { Sent } from "@/lib/queries/webhooks";
import { routes } from "@/lib/routes";
import { latencyText } from "./figures";

/** A test or a redelivery that a person asked for, with the id to quote for it. */
export interface SentOnRequest extends Sent {
  readonly requestId: string | null;
}

const idsOf = ({ requestId }: SentOnRequest) =>
  requestId ? [{ label: "Request id", value: requestId }] : [];

/** It was asked for, and ContraForce did not do it. */
export function NotSent({ sent }: { readonly sent: SentOnRequest }) {
  return (
    <Callout
      tone="danger"
      title="ContraForce answered that it did not send it"
      ids={idsOf(sent)}
      className="mt-3"
    />
  );
}

/** It was sent, and its result is not there. */
export function NoResult(props: {
  readonly sent: SentOnRequest;
  readonly tone: "neutral" | "caution";
  readonly title: string;
  readonly advice?: string;
}) {
  const { sent, ...said } = props;
  return <Callout {...said} ids={idsOf(sent)} className="mt-3" />;
}

const tones = { delivered: "neutral", failed: "danger", pending: "caution", unknown: "caution" } as const;

export interface SentResultProps {
  readonly org: string;
  readonly webhookId: string;
  readonly sent: SentOnRequest;
  readonly row: DeliveryLog;
  /**
   * By outcome. `answer` is such as " with 503", `took` such as " after 812 ms"; each is empty where it is not known, and without an
   * answer the receiver was not reached.
   */
  readonly titles: (answer: string, took: string) => Readonly<Record<DeliveryOutcome, string>>;
  readonly advice?: string;
  /** The way to its own page: "Open the delivery". */
  readonly openIt: string;
}

/** What became of it, as the log tells. */
export function SentResult({ org, webhookId, sent, row, titles, advice, openIt }: SentResultProps) {
  const outcome = deliveryOutcome(row);
  const answer = row.httpStatusCode === null ? "" : ` with ${row.httpStatusCode}`;
  const took = row.latencyMs === null ? "" : ` after ${latencyText(row.latencyMs)}`;
  return (
    <Callout
      tone={tones[outcome]}
      title={titles(answer, took)[outcome]}
      unaffected={row.errorMessage ?? undefined}
      advice={outcome === "delivered" ? undefined : advice}
      ids={idsOf(sent)}
      action={
        row.createdAt === null ? null : (
          <Link
            href={routes.delivery(org, { webhookId, logId: row.id, createdAt: row.createdAt })}
            prefetch={false}
            className={buttonClass("secondary", "small")}
          >
            {openIt}
          </Link>
        )
      }
      className="mt-3"
    />
  );
}
