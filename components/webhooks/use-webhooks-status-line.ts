"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useFormatTime } from "@/components/data/use-format-time";
import { type StatusLineContent, useStatusLine } from "@/components/shell/status-line";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";

/** Puts into the line at the foot what the list and its figures rest on. */
export function useWebhooksStatusLine(
  list: UseQueryResult<readonly Webhook[]>,
  health: UseQueryResult<WebhookHealthView>,
): void {
  const formatTime = useFormatTime();
  useStatusLine(
    list.error === null
      ? contentOf(health, formatTime)
      : { tone: "failed", summary: "The webhooks could not be read" },
  );
}

function contentOf(
  { data, error, isPending }: UseQueryResult<WebhookHealthView>,
  formatTime: (iso: string) => string,
): StatusLineContent {
  if (isPending) return { tone: "busy", summary: "Reading the delivery logs of the last 24 h" };
  if (data === undefined) return { tone: "failed", summary: "The delivery logs could not be read" };
  const read = data.webhooks.filter((one) => one.health !== null).length;
  const isCut = data.webhooks.some((one) => one.health?.isComplete === false);
  const isPartial = error !== null || isCut || read < data.webhooks.length;
  return {
    tone: isPartial ? "partial" : "live",
    summary: [
      `${read} of ${data.webhooks.length} delivery logs read as of ${formatTime(data.asOf)}`,
      ...(isCut ? ["some only in part: their figures are at least"] : []),
      ...(data.unreadableRows > 0 ? [`${data.unreadableRows} rows unreadable`] : []),
      ...(error ? ["the newest reading failed"] : []),
    ].join(" · "),
  };
}
