"use client";

import { SearchX, Send } from "lucide-react";
import { FailurePanel } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { count } from "../figures";
import type { Deliveries } from "./use-deliveries";
import type { DeliveryViewControl } from "./use-delivery-view";

export interface DeliveryEmptyProps {
  readonly deliveries: Deliveries;
  readonly control: DeliveryViewControl;
}

/** Why no delivery is shown: it failed, none so far, none fits, or none was sent. */
export function DeliveryEmpty({ deliveries, control }: DeliveryEmptyProps) {
  const formatTime = useFormatTime();
  const { listing, isLookingBack, readTo, examined } = deliveries;
  if (listing.error) return <FailurePanel error={listing.error} onRetry={listing.more} />;
  if (isLookingBack)
    return (
      <EmptyState
        icon={SearchX}
        title={`None among the newest ${count(examined)} deliveries`}
        action={
          <Button onClick={listing.more} busy={listing.isReading}>
            Look further back
          </Button>
        }
      >
        {readTo === null ? null : `Looked through down to ${formatTime(readTo)}.`}
      </EmptyState>
    );
  if (control.isNarrowed)
    return (
      <EmptyState
        icon={SearchX}
        title="No delivery matches these filters"
        action={<Button onClick={control.clear}>Clear filters</Button>}
      >
        {count(examined)} {examined === 1 ? "delivery" : "deliveries"} of this time looked through.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Send}
      title="Nothing was sent in this time"
      action={<Button onClick={control.widen}>Show all of it</Button>}
    />
  );
}
