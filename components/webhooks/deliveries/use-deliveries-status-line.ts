"use client";

import { useEffect } from "react";
import { useFormatTime } from "@/components/data/use-format-time";
import { useStatusLine } from "@/components/shell/status-line";
import type { Deliveries } from "./use-deliveries";

/** Puts into the line at the foot what the log rests on: all webhooks, or who is missing. */
export function useDeliveriesStatusLine(deliveries: Deliveries, names: ReadonlyMap<string, string>): void {
  const { set } = useStatusLine();
  const formatTime = useFormatTime();
  const { listing, failures } = deliveries;
  const { asOf, isLoading, isComplete } = listing;
  const isFailed = listing.error !== null;
  const missing = failures.map(({ webhookId }) => names.get(webhookId) ?? webhookId.slice(0, 8)).join(", ");
  useEffect(() => {
    if (isLoading) set({ tone: "busy", summary: "Reading the delivery log" });
    else if (isFailed && asOf === null)
      set({ tone: "failed", summary: "The delivery log could not be read" });
    else if (asOf !== null)
      set({
        tone: isFailed || missing !== "" ? "partial" : "live",
        summary: [
          `Delivery log as of ${formatTime(asOf)}`,
          isComplete ? "read in full" : "read as far as you scrolled",
          ...(missing === "" ? [] : [`without ${missing}`]),
        ].join(" · "),
      });
    return () => set(null);
  }, [set, asOf, isLoading, isComplete, isFailed, missing, formatTime]);
}
