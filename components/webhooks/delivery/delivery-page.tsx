"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Link2Off } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { CopyLink } from "@/components/data/drawer/copy-link";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { FailureCallout, FailurePanel } from "@/components/data/failure-panel";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { useStatusLine } from "@/components/shell/status-line";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { deliveryOutcome } from "@/lib/domain/delivery-outcome";
import { deliveryQuery, webhookQuery } from "@/lib/queries/webhooks";
import { type DeliveryKey, routes } from "@/lib/routes";
import { OutcomeMark } from "../outcome-mark";
import { AttemptList } from "./attempt-list";
import { DeliveryFacts } from "./delivery-facts";
import { readPartitionKey } from "./partition-key";
import { Redeliver } from "./redeliver";
import { TextBox } from "./text-box";

export type DeliveryPageProps = Pick<DeliveryKey, "webhookId" | "logId">;

/** One delivery attempt: what was sent, what came back, the attempts before and after, and sending it once more. */
export function DeliveryPage(props: DeliveryPageProps) {
  usePageTitle("Delivery");
  return (
    <NeedsPermission permission="webhooks:read" title="Deliveries are for managers and administrators">
      <Addressed {...props} />
    </NeedsPermission>
  );
}

function Addressed({ webhookId, logId }: DeliveryPageProps) {
  const createdAt = readPartitionKey(useSearchParams().get("createdAt"));
  const org = useSession().organisation.slug;
  if (createdAt === null)
    return (
      <EmptyState
        icon={Link2Off}
        title="This address lacks the time of the delivery"
        action={
          <Link href={routes.webhook(org, webhookId)} className={buttonClass("secondary")}>
            Open the webhook
          </Link>
        }
      >
        ContraForce finds a delivery by its id together with the exact time of its creation (createdAt). Copy
        the whole address, or look for the delivery in the log of the webhook.
      </EmptyState>
    );
  return <Reading org={org} deliveryKey={{ webhookId, logId, createdAt }} />;
}

interface ReadingProps {
  readonly org: string;
  readonly deliveryKey: DeliveryKey;
}

function Reading({ org, deliveryKey }: ReadingProps) {
  const reading = useQuery(deliveryQuery(org, deliveryKey));
  const { data: log, error } = reading;
  useTabTitle(log ? `Delivery: ${log.eventSubjectDisplayName ?? log.eventType ?? log.id}` : null);
  useReadingStatus(log !== undefined, error !== null);
  const again = () => void reading.refetch();
  if (log === undefined) return error ? <FailurePanel error={error} onRetry={again} /> : <Waiting />;
  return (
    <div className="px-4 py-4 sm:px-6">
      {error ? (
        <FailureCallout
          error={error}
          onRetry={again}
          unaffected="What is shown was read before."
          className="mb-4"
        />
      ) : null}
      <Known org={org} deliveryKey={deliveryKey} log={log} />
    </div>
  );
}

/** The line at the foot says whether what is shown was read. */
function useReadingStatus(isRead: boolean, isFailed: boolean): void {
  useStatusLine(
    isFailed
      ? { tone: isRead ? "partial" : "failed", summary: "This delivery could not be read" }
      : isRead
        ? { tone: "live", summary: "This delivery is read" }
        : { tone: "busy", summary: "Reading this delivery" },
  );
}

function Known({ org, deliveryKey, log }: ReadingProps & { readonly log: DeliveryLog }) {
  const { webhookId } = deliveryKey;
  const webhook = useQuery(webhookQuery(org, webhookId)).data;
  const webhookName = webhook?.name ?? webhookId.slice(0, 8);
  return (
    <>
      <Link href={routes.webhook(org, webhookId)} className={`${buttonClass("quiet", "small")} -ml-2`}>
        <ArrowLeft aria-hidden="true" className="size-4" />
        {webhookName}
      </Link>
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3 pt-2 pb-4">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-20 font-semibold text-strong wrap-anywhere">
            {log.eventSubjectDisplayName ?? log.eventSubjectId ?? log.eventType ?? "Delivery"}
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-normal">
            <OutcomeMark outcome={deliveryOutcome(log)} className="font-medium" />
            {log.isTest ? <span>Test</span> : null}
            {log.originalDeliveryId ? <span>Redelivery</span> : null}
          </p>
        </div>
        <CopyLink href={routes.delivery(org, deliveryKey)} what="this delivery" />
      </header>
      <Redeliver org={org} deliveryKey={deliveryKey} log={log} webhookName={webhookName} />
      <div className="grid gap-x-8 border-t border-line lg:grid-cols-[minmax(0,1fr)_minmax(320px,420px)] wide:max-w-440">
        <div className="min-w-0">
          <AttemptList org={org} webhookId={webhookId} log={log} />
          <TextBox title="Payload" text={log.eventPayload} none="ContraForce gives no payload for it." />
          <TextBox
            title="Response"
            text={log.responseSnippet}
            none={
              log.httpStatusCode === null
                ? "The receiver sent none."
                : "The receiver answered without a body, or ContraForce did not keep it."
            }
            about="The beginning of what the receiver answered, as ContraForce kept it."
          />
        </div>
        <DeliveryFacts org={org} log={log} webhookId={webhookId} webhookName={webhookName} />
      </div>
    </>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Reading the delivery" className="px-4 py-5 sm:px-6">
      <Skeleton className="mb-4 h-6 w-72" />
      {Array.from({ length: 8 }, (_, line) => (
        <Skeleton key={line} className="mb-3 h-5 w-full max-w-200" />
      ))}
    </div>
  );
}
