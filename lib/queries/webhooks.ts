import { queryOptions } from "@tanstack/react-query";
import { apiQuery } from "@/lib/client/api-query";
import { callOwn } from "@/lib/client/own-call";
import type { DeliveryLog } from "@/lib/contract";
import { deliveryOutcome } from "@/lib/domain/delivery-outcome";
import type { DeliveriesPage, DeliveriesRequest } from "@/lib/domain/webhook-deliveries";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";
import type { WebhookNotesView } from "@/lib/domain/webhook-notes";
import { apiRoutes, type DeliveryKey } from "@/lib/routes";
import { readRedeliveries, readTests, type SentDelivery } from "./webhook-changes";

const everyMs = 60_000;

/** Every webhook as upstream has it; read anew each minute, because upstream disables by itself. */
export function webhooksQuery(org: string) {
  return { ...apiQuery(org, "webhooks.list", {}), refetchInterval: everyMs };
}

/** One webhook as upstream has it. */
export function webhookQuery(org: string, id: string) {
  return { ...apiQuery(org, "webhooks.get", { params: { id } }), refetchInterval: everyMs };
}

/** Health of every webhook over the last 24 hours; the server reads once for everybody. */
export function webhookHealthQuery(org: string) {
  return queryOptions({
    queryKey: [org, "webhooks", "health", null],
    queryFn: ({ signal }) =>
      callOwn<WebhookHealthView>(apiRoutes.webhooksHealth(org), { method: "GET", signal }),
    refetchInterval: everyMs,
  });
}

/** One page of the delivery log across webhooks. A POST, because its token holds a place in each webhook's log. */
export function readDeliveries(
  org: string,
  request: DeliveriesRequest,
  signal?: AbortSignal,
): Promise<DeliveriesPage> {
  return callOwn<DeliveriesPage>(apiRoutes.webhookDeliveries(org), {
    method: "POST",
    body: request,
    signal,
  });
}

/** What was done with a webhook through Watchfloor, and why. */
export function webhookNotesQuery(org: string, webhookId: string) {
  return queryOptions({
    queryKey: [org, "webhooks", "notes", webhookId],
    queryFn: ({ signal }) =>
      callOwn<WebhookNotesView>(apiRoutes.webhookNotes(org, webhookId), { method: "GET", signal }),
  });
}

/** One delivery attempt. It is asked for with the partition key exactly as it was given. */
export function deliveryQuery(org: string, { webhookId, logId, createdAt }: DeliveryKey) {
  return apiQuery(org, "webhooks.deliveryLog", { params: { id: webhookId, logId }, query: { createdAt } });
}

/** How long the result of a delivery is looked for, and how often. */
const resultWithinMs = 30_000;
const resultEveryMs = 1_500;

export interface DeliveryResult {
  /** The delivery in the log; null while it is not there. */
  readonly row: DeliveryLog | null;
  /** It has not ended in time, and is no longer looked for. */
  readonly isGivenUp: boolean;
}

/** A delivery that was just asked for, and when (milliseconds since 1970). */
export interface Sent extends SentDelivery {
  readonly atMs: number;
}

/** What became of it: looked for in the log until it has ended, for half a minute. */
function resultQuery(
  queryKey: readonly unknown[],
  sent: Sent | null,
  read: () => Promise<readonly DeliveryLog[]>,
) {
  const isOver = (row: DeliveryLog | null) => row !== null && deliveryOutcome(row) !== "pending";
  const atMs = sent?.atMs ?? 0;
  return queryOptions({
    queryKey: [...queryKey, atMs],
    enabled: sent?.ok === true,
    queryFn: async (): Promise<DeliveryResult> => {
      // Without a list of those before, the newest must do.
      const row = (await read()).find(({ id }) => !(sent?.known ?? []).includes(id)) ?? null;
      return { row, isGivenUp: !isOver(row) && Date.now() - atMs > resultWithinMs };
    },
    refetchInterval: ({ state: { data, error } }) =>
      error !== null || (data && (isOver(data.row) || data.isGivenUp)) ? false : resultEveryMs,
  });
}

/** @param sent null: nothing is looked for */
export function testResultQuery(org: string, webhookId: string, sent: Sent | null) {
  return resultQuery([org, "webhooks", "test", webhookId], sent, () => readTests(org, webhookId));
}

/** @param sent null: nothing is looked for */
export function redeliveryResultQuery(org: string, key: DeliveryKey, sent: Sent | null) {
  return resultQuery([org, "webhooks", "redelivery", key], sent, () => readRedeliveries(org, key));
}
