"use client";

import Link from "next/link";
import { FailureCallout } from "@/components/data/failure-panel";
import { describeFailure } from "@/components/data/failure-words";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Callout } from "@/components/ui/callout";
import type { UnknownChange } from "@/lib/queries/use-webhook-change";
import type { Settlement } from "@/lib/queries/webhook-settlement";
import { routes } from "@/lib/routes";

const titles: Readonly<Record<Settlement["verdict"], string>> = {
  happened: "It happened",
  "not-happened": "It did not happen",
  "cannot-tell": "Still unknown whether it happened",
};

export interface UnknownOutcomeProps {
  readonly org: string;
  readonly unknown: UnknownChange;
  /** Of the webhook it is about; null when it was about to be made. */
  readonly webhookId: string | null;
  readonly className?: string;
}

/** The connection broke after sending. A person has it read again, and only that tells what happened. */
export function UnknownOutcome({ org, unknown, webhookId, className }: UnknownOutcomeProps) {
  const { settlement, settleError, isSettling, settle, error } = unknown;
  if (settlement)
    return (
      <Callout
        tone={settlement.verdict === "cannot-tell" ? "caution" : "neutral"}
        title={titles[settlement.verdict]}
        unaffected={settlement.sentence}
        action={
          settlement.verdict === "happened" ? (
            <FoundLink org={org} webhookId={webhookId} found={settlement.found} />
          ) : (
            <Button onClick={settle} busy={isSettling}>
              Read it again
            </Button>
          )
        }
        className={className}
      />
    );
  return (
    <div className={className}>
      <Callout
        tone="caution"
        title="Unknown whether it happened"
        unaffected="The connection broke after this was sent. It is not sent again by itself."
        advice="Read it again to see what ContraForce has now."
        ids={describeFailure(error).ids}
        action={
          <Button variant="primary" onClick={settle} busy={isSettling}>
            Read it again
          </Button>
        }
      />
      {settleError ? (
        <FailureCallout
          error={settleError}
          onRetry={settle}
          unaffected="Whether it happened is still unknown."
          className="mt-2"
        />
      ) : null}
    </div>
  );
}

function FoundLink({
  org,
  webhookId,
  found,
}: {
  readonly org: string;
  readonly webhookId: string | null;
  readonly found: Settlement["found"];
}) {
  if (found === null) return null;
  if (found.kind === "webhook")
    return (
      <Link href={routes.webhook(org, found.id)} prefetch={false} className={buttonClass("secondary")}>
        Open the webhook
      </Link>
    );
  if (webhookId === null || found.createdAt === null) return null;
  const key = { webhookId, logId: found.id, createdAt: found.createdAt };
  return (
    <Link href={routes.delivery(org, key)} prefetch={false} className={buttonClass("secondary")}>
      Open the delivery
    </Link>
  );
}
