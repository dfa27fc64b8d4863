"use client";

import { useFormatTime } from "@/components/data/use-format-time";
import { type StatusLineContent, useStatusLine } from "@/components/shell/status-line";
import type { Deliveries } from "./use-deliveries";

/** Puts into the line at the foot what the log rests on: all webhooks, or who is missing. */
export function useDeliveriesStatusLine(deliveries: Deliveries, names: ReadonlyMap<string, string>): void {
  useStatusLine(contentOf(deliveries, names, useFormatTime()));
}

function contentOf(
  { listing, failures }: Deliveries,
  names: ReadonlyMap<string, string>,
  formatTime: (iso: string) => string,
): StatusLineContent | null {
  const { asOf, isLoading, isComplete } = listing;
  const isFailed = listing.error !== null;
  const missing = failures.map(({ webhookId }) => names.get(webhookId) ?? webhookId.slice(0, 8)).join(", ");
  if (isLoading) return { tone: "busy", summary: "Reading the delivery log" };
  if (asOf === null)
    return isFailed ? { tone: "failed", summary: "The delivery log could not be read" } : null;
  return {
    tone: isFailed || missing !== "" ? "partial" : "live",
    summary: [
      `Delivery log as of ${formatTime(asOf)}`,
      isComplete ? "read in full" : "read as far as you scrolled",
      ...(missing === "" ? [] : [`without ${missing}`]),
    ].join(" · "),
  };
}
