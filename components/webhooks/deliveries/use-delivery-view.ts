"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { deliveryOutcomes, statusClasses } from "@/lib/domain/delivery-outcome";
import {
  deliveryFilterOf,
  deliveryKinds,
  deliveryRanges,
  type DeliveryView,
} from "@/lib/domain/delivery-view";

const parsers = {
  range: parseAsStringLiteral(deliveryRanges).withDefault("24h"),
  from: parseAsString,
  to: parseAsString,
  webhook: parseAsString,
  outcome: parseAsStringLiteral(deliveryOutcomes),
  status: parseAsStringLiteral(statusClasses),
  event: parseAsString,
  account: parseAsString,
  kind: parseAsStringLiteral(deliveryKinds),
  q: parseAsString,
};

const nothingChosen = {
  webhook: null,
  outcome: null,
  status: null,
  event: null,
  account: null,
  kind: null,
  q: null,
} as const;

/** The log as the address says it, and the filter that it asks the server for. @param webhookId the only one; null: all */
export function useDeliveryView(webhookId: string | null) {
  const [view, setView] = useQueryStates(parsers, { history: "replace", shallow: true });
  // A range counts from when the page was opened, or read anew: a limit that moved on would be another list every second.
  const [countedFromMs, setCountedFrom] = useState(() => Date.now());
  const filter = useMemo(
    () => deliveryFilterOf(webhookId === null ? view : { ...view, webhook: webhookId }, countedFromMs),
    [view, webhookId, countedFromMs],
  );
  const isNarrowed = Object.keys(nothingChosen).some(
    (name) => view[name as keyof typeof nothingChosen] !== null,
  );
  return {
    view,
    filter,
    isNarrowed,
    set: (next: Partial<DeliveryView>) => void setView(next),
    clear: () => void setView(nothingChosen),
    widen: () => void setView({ range: "all", from: null, to: null }),
    /** Relative ranges count from now on. */
    recount: () => setCountedFrom(Date.now()),
  };
}

export type DeliveryViewControl = ReturnType<typeof useDeliveryView>;
