"use client";

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { call, type CallInput } from "@/lib/client/call";
import { callOwn } from "@/lib/client/own-call";
import type { DeliveriesPage, DeliveriesRequest, DeliveryFilter } from "@/lib/domain/webhook-deliveries";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";
import type { StateChange, WebhookNotesView } from "@/lib/domain/webhook-notes";
import type { Webhook } from "@/lib/contract";
import { apiRoutes } from "@/lib/routes";

/** Health of every webhook over the last 24 hours; the server reads once for everybody. */
export function webhookHealthQuery(org: string) {
  return queryOptions({
    queryKey: [org, "webhooks", "health", null],
    queryFn: ({ signal }) =>
      callOwn<WebhookHealthView>(apiRoutes.webhooksHealth(org), { method: "GET", signal }),
    refetchInterval: 60_000,
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

/** The delivery log across webhooks, newest first; a further page is asked for, never fetched by itself. */
export function deliveriesQuery(org: string, filter: DeliveryFilter, pageSize = 50) {
  return infiniteQueryOptions({
    queryKey: [org, "webhooks", "deliveries", filter, pageSize],
    queryFn: ({ pageParam, signal }) =>
      readDeliveries(org, { filter, pageSize, continuationToken: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.continuationToken,
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

/**
 * Pause, resume or enable with its reason. The answer is the webhook as upstream gives it back, null when it gives none. Never repeated; after
 * a failure too everything about webhooks is read anew, because it may have happened.
 */
export function useWebhookState(org: string, webhookId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: StateChange) =>
      callOwn<Webhook | null>(apiRoutes.webhookState(org, webhookId), { method: "POST", body: change }),
    onSettled: () => client.invalidateQueries({ queryKey: [org, "webhooks"] }),
  });
}

/** Changes of webhooks that go straight to upstream. Their answers may hold a secret and are not kept. */
export type DirectWebhookChange =
  | "webhooks.create"
  | "webhooks.update"
  | "webhooks.delete"
  | "webhooks.credentials"
  | "webhooks.test"
  | "webhooks.redeliver";

/** One such change with its answer and `meta.requestId`; never repeated, and forgotten as soon as nobody looks at it. */
export function useWebhookChange<Id extends DirectWebhookChange>(org: string, id: Id) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CallInput<Id>) => call(org, id, input),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: [org, "webhooks"] }),
  });
}
