"use client";

import Link from "next/link";
import { FailureCallout } from "@/components/data/failure-panel";
import { Time } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { deliveryOutcome, isRedelivery } from "@/lib/domain/delivery-outcome";
import type { DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { routes } from "@/lib/routes";
import { latencyText } from "../figures";
import { OutcomeMark } from "../outcome-mark";
import { type Attempts, useAttempts } from "./use-attempts";

export interface AttemptListProps {
  readonly org: string;
  readonly webhookId: string;
  readonly log: DeliveryLog;
}

/** Every attempt to deliver this event to this webhook, oldest first: by the vendor's schedule, and on request. */
export function AttemptList({ org, webhookId, log }: AttemptListProps) {
  const attempts = useAttempts(org, webhookId, log);
  const { listing, chain } = attempts;
  return (
    <div className="py-5">
      <Section title="Attempts" about={describe(attempts, log)}>
        {listing.error ? (
          <FailureCallout
            error={listing.error}
            onRetry={listing.more}
            unaffected="This delivery itself is unaffected; other attempts may be missing."
            className="mb-3"
          />
        ) : null}
        {chain ? (
          <div className="relative overflow-x-auto">
            <table className="w-full text-left sm:min-w-120 text-13">
              <thead className="text-12 text-quiet">
                <tr className="border-b border-line">
                  <th className="py-1.5 pr-3 font-normal">Attempt</th>
                  <th className="py-1.5 pr-3 font-normal">Sent</th>
                  <th className="py-1.5 pr-3 font-normal">Outcome</th>
                  <th className="py-1.5 pr-3 font-normal max-sm:hidden">Answer</th>
                  <th className="py-1.5 text-right font-normal max-sm:hidden">Latency</th>
                </tr>
              </thead>
              <tbody>
                {chain.attempts.map((row) => (
                  <AttemptLine key={row.id} org={org} row={row} isHere={row.id === log.id} />
                ))}
              </tbody>
            </table>
          </div>
        ) : listing.isLoading ? (
          <div role="status" aria-label="Reading the attempts">
            <Skeleton className="mb-2 h-6 w-full" />
            <Skeleton className="h-6 w-full" />
          </div>
        ) : null}
        {listing.isComplete || listing.isReading || listing.error || log.eventId === null ? null : (
          <Button size="small" className="mt-2" onClick={listing.more}>
            Look further back
          </Button>
        )}
      </Section>
    </div>
  );
}

function describe({ listing, chain }: Attempts, log: DeliveryLog): string {
  if (log.eventId === null)
    return "ContraForce gives no event id for this delivery, so other attempts cannot be found.";
  if (listing.isReading && !listing.isComplete) return "Looking for the attempts of this event in the log.";
  if (chain === null && listing.error === null)
    return "This delivery is not in the part of the log that was read.";
  if (!listing.isComplete) return "Those found so far; the log goes on.";
  if (chain?.isCut) return "Earlier attempts are named, and are no longer in the log.";
  return "All attempts of this event to this webhook, oldest first.";
}

interface LineProps {
  readonly org: string;
  readonly row: DeliveryRow;
  readonly isHere: boolean;
}

function AttemptLine({ org, row, isHere }: LineProps) {
  const { webhookId, id: logId, createdAt } = row;
  const kind = isRedelivery(row) ? "Redelivery" : row.isTest ? "Test" : `Attempt ${row.attemptNumber ?? "?"}`;
  const answer = row.httpStatusCode ?? row.errorMessage ?? "–";
  return (
    <tr
      aria-current={isHere || undefined}
      className={cx("border-b border-line last:border-b-0", isHere && "bg-raised")}
    >
      <td className="py-1.5 pr-3 align-top">
        {isHere || createdAt === null ? (
          <span className="font-medium text-strong">{kind}</span>
        ) : (
          <Link
            href={routes.delivery(org, { webhookId, logId, createdAt })}
            prefetch={false}
            className="text-strong underline"
          >
            {kind}
          </Link>
        )}
        {isHere ? <span className="text-quiet max-sm:block"> (this one)</span> : null}
      </td>
      <td className="py-1.5 pr-3 align-top">
        <Time value={createdAt} mode="absolute" />
      </td>
      <td className="py-1.5 pr-3">
        <OutcomeMark outcome={deliveryOutcome(row)} />
        {/* No room for columns of their own on a phone. */}
        <span className="block text-12 wrap-anywhere text-quiet sm:hidden">
          {answer} · {latencyText(row.latencyMs)}
        </span>
      </td>
      <td className="max-w-60 truncate py-1.5 pr-3 max-sm:hidden">{answer}</td>
      <td className="py-1.5 text-right max-sm:hidden">{latencyText(row.latencyMs)}</td>
    </tr>
  );
}
