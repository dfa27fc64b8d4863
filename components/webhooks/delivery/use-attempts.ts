"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { DeliveryLog } from "@/lib/contract/shapes/webhook";
import { type DeliveryChain, deliveryChains } from "@/lib/domain/delivery-chain";
import { nextContinuation } from "@/lib/domain/paging";
import { parseInstant } from "@/lib/domain/time";
import { anyDelivery, type DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { type Listing, useListing } from "@/lib/queries/listing";
import { readDeliveries } from "@/lib/queries/webhooks";

/** Attempts are looked for by themselves in so many pages of the log; then a person says whether to go on. */
const pagesMost = 20;
const dayMs = 86_400_000;

const keyOf = ({ id }: DeliveryRow) => id;

export interface Attempts {
  readonly chain: DeliveryChain<DeliveryRow> | null;
  readonly listing: Listing<DeliveryRow>;
}

/** Where the log can hold the first attempt of an event: not before it happened. */
function startOf({ eventOccurredAt, createdAt }: DeliveryLog): string | null {
  const known = [eventOccurredAt, createdAt].map(parseInstant).filter((ms) => ms !== null);
  return known.length === 0 ? null : new Date(Math.min(...known) - dayMs).toISOString();
}

/** Every attempt to deliver the event of one delivery to this webhook, redeliveries among them. */
export function useAttempts(org: string, webhookId: string, log: DeliveryLog): Attempts {
  const filter = {
    ...anyDelivery,
    webhookIds: [webhookId],
    from: startOf(log),
    // An event id is matched as a whole.
    subject: log.eventId,
  };
  const queryKey = [org, "webhooks", "attempts", webhookId, log.id, filter];
  const listing = useListing<DeliveryRow, string | null>({
    queryKey,
    first: null,
    keyOf,
    isEnabled: log.eventId !== null,
    read: async (place, signal) => {
      const page = await readDeliveries(org, { filter, pageSize: 100, continuationToken: place }, signal);
      const { items: rows, asOf, unreadableRows } = page;
      return { rows, next: nextContinuation(page, place), total: null, asOf, unreadableRows };
    },
  });
  const pages = useQueryClient().getQueryData<InfiniteData<unknown>>(queryKey)?.pages.length ?? 0;
  const { isComplete, isReading, error, more } = listing;
  const goesOn = pages > 0 && pages < pagesMost && !isComplete && !isReading && error === null;
  useEffect(() => {
    if (goesOn) more();
  });
  const chain = deliveryChains(listing.rows).find(({ attempts }) => attempts.some(({ id }) => id === log.id));
  return { chain: chain ?? null, listing };
}
