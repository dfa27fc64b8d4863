"use client";

import { useQuery } from "@tanstack/react-query";
import { FailureCallout, FailurePanel } from "@/components/data/failure-panel";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { Skeleton } from "@/components/ui/skeleton";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { webhookHealthQuery, webhookQuery } from "@/lib/queries/webhooks";
import { DeliveryLog } from "../deliveries/delivery-log";
import { WebhookActions } from "./webhook-actions";
import { WebhookFacts } from "./webhook-facts";
import { WebhookFigures } from "./webhook-figures";
import { WebhookHistory } from "./webhook-history";

/** One webhook: how it stands, how it fares, what was done with it, and its deliveries. */
export function WebhookPage({ webhookId }: { readonly webhookId: string }) {
  return (
    <NeedsPermission permission="webhooks:read" title="Webhooks are for managers and administrators">
      <Readable webhookId={webhookId} />
    </NeedsPermission>
  );
}

function Readable({ webhookId }: { readonly webhookId: string }) {
  const org = useSession().organisation.slug;
  const reading = useQuery(webhookQuery(org, webhookId));
  const { data: webhook, error } = reading;
  const name = webhook?.name ?? null;
  usePageTitle(name ?? "Webhook");
  useTabTitle(name);
  const again = () => void reading.refetch();
  if (webhook === undefined) return error ? <FailurePanel error={error} onRetry={again} /> : <Waiting />;
  return (
    <>
      {error ? (
        <FailureCallout
          error={error}
          onRetry={again}
          unaffected="What is shown was read before."
          className="m-4"
        />
      ) : null}
      <Known org={org} webhook={webhook} />
    </>
  );
}

function Known({ org, webhook }: { readonly org: string; readonly webhook: Webhook }) {
  const health = useQuery(webhookHealthQuery(org));
  return (
    <div className="flex min-h-full flex-col">
      <div className="px-4 pt-5 sm:px-6">
        <WebhookActions org={org} webhook={webhook} />
        <WebhookFigures org={org} webhook={webhook} health={health} />
        <div className="grid gap-x-12 border-t border-line lg:grid-cols-2 wide:grid-cols-[minmax(0,640px)_minmax(0,800px)]">
          <WebhookFacts webhook={webhook} />
          <WebhookHistory org={org} webhookId={webhook.id} />
        </div>
        <h2 className="border-t border-line pt-5 pb-3 text-16 font-semibold text-strong">Deliveries</h2>
      </div>
      <div className="flex h-[min(75dvh,720px)] min-h-96 flex-col border-t border-line">
        <DeliveryLog webhookId={webhook.id} />
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Reading the webhook" className="px-4 py-5 sm:px-6">
      <Skeleton className="mb-4 h-6 w-56" />
      {Array.from({ length: 6 }, (_, line) => (
        <Skeleton key={line} className="mb-3 h-6 w-full max-w-200" />
      ))}
    </div>
  );
}
