"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useFormatTime } from "@/components/data/use-format-time";
import { useStatusLine } from "@/components/shell/status-line";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import type { WebhookHealthView } from "@/lib/domain/webhook-health";

/** Puts into the line at the foot what the list and its figures rest on. */
export function useWebhooksStatusLine(
  list: UseQueryResult<readonly Webhook[]>,
  health: UseQueryResult<WebhookHealthView>,
): void {
  const { set } = useStatusLine();
  const formatTime = useFormatTime();
  const isListFailed = list.error !== null;
  const { data, error, isPending } = health;
  useEffect(() => {
    if (isListFailed) set({ tone: "failed", summary: "The webhooks could not be read" });
    else if (isPending) set({ tone: "busy", summary: "Reading the delivery logs of the last 24 h" });
    else if (data === undefined) set({ tone: "failed", summary: "The delivery logs could not be read" });
    else {
      const read = data.webhooks.filter((one) => one.health !== null).length;
      const isCut = data.webhooks.some((one) => one.health?.isComplete === false);
      const isPartial = error !== null || isCut || read < data.webhooks.length;
      set({
        tone: isPartial ? "partial" : "live",
        summary: [
          `${read} of ${data.webhooks.length} delivery logs read as of ${formatTime(data.asOf)}`,
          ...(isCut ? ["some only in part: their figures are at least"] : []),
          ...(data.unreadableRows > 0 ? [`${data.unreadableRows} rows unreadable`] : []),
          ...(error ? ["the newest reading failed"] : []),
        ].join(" · "),
      });
    }
    return () => set(null);
  }, [set, isListFailed, isPending, data, error, formatTime]);
}
