"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { nextContinuation } from "@/lib/domain/paging";
import type { DeliveriesPage, DeliveryFilter, DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { type Listing, type ListPage, useListing } from "@/lib/queries/listing";
import { readDeliveries } from "@/lib/queries/webhooks";

const pageSize = 100;
/** So many pages without a single row are read by themselves; then a person says whether to look further back. */
const emptyPagesRead = 10;

/** A log id names a delivery within its webhook. */
export const keyOf = ({ webhookId, id }: DeliveryRow): string => `${webhookId}/${id}`;

interface Page extends ListPage<DeliveryRow, string | null> {
  readonly failures: DeliveriesPage["failures"];
  readonly examined: number;
  readonly readTo: string | null;
}

export interface Deliveries {
  readonly listing: Listing<DeliveryRow>;
  /** Webhooks whose log the newest reading did not bring. */
  readonly failures: DeliveriesPage["failures"];
  /** Deliveries looked through so far. */
  readonly examined: number;
  /** How far back everything has been looked through; null before the first row and after the last page. */
  readonly readTo: string | null;
  /** Nothing found yet, and the log goes on. */
  readonly isLookingBack: boolean;
}

/** The log, page by page, newest first. A filter of ours may leave pages empty while there is more. */
export function useDeliveries(org: string, filter: DeliveryFilter): Deliveries {
  const client = useQueryClient();
  const queryKey = [org, "webhooks", "deliveries", filter];
  const listing = useListing<DeliveryRow, string | null>({
    queryKey,
    first: null,
    keyOf,
    read: async (place, signal): Promise<Page> => {
      const page = await readDeliveries(org, { filter, pageSize, continuationToken: place }, signal);
      const { items: rows, asOf, unreadableRows, failures, examined, readTo } = page;
      const next = nextContinuation(page, place);
      return { rows, next, total: null, asOf, unreadableRows, failures, examined, readTo };
    },
  });
  // The very pages that the listing is drawn from.
  const pages = client.getQueryData<InfiniteData<Page>>(queryKey)?.pages ?? [];
  const last = pages.at(-1);
  const { rows, isComplete, isReading, error, more } = listing;
  const isLookingBack = pages.length > 0 && rows.length === 0 && !isComplete;
  const goesOn = isLookingBack && !isReading && error === null && pages.length % emptyPagesRead !== 0;
  useEffect(() => {
    if (goesOn) more();
  });
  return {
    listing,
    failures: last?.failures ?? [],
    examined: pages.reduce((sum, page) => sum + page.examined, 0),
    readTo: last?.readTo ?? null,
    isLookingBack,
  };
}
