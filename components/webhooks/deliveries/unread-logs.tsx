import { Button } from "@/components/ui/button";
import type { Deliveries } from "./use-deliveries";

export interface UnreadLogsProps {
  readonly deliveries: Deliveries;
  readonly names: ReadonlyMap<string, string>;
}

/** Logs that are missing from the list, by webhook. Their place is kept: reading on asks for them again. */
export function UnreadLogs({ deliveries, names }: UnreadLogsProps) {
  const { failures, listing } = deliveries;
  if (failures.length === 0) return null;
  const who = failures.map(({ webhookId }) => names.get(webhookId) ?? webhookId.slice(0, 8)).join(", ");
  return (
    <p
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-l-2 border-line border-l-strong px-3 py-1.5 text-13 text-normal"
    >
      <span>
        The log of {who} could not be read and is missing below: {failures[0]?.detail}
      </span>
      <Button
        size="small"
        onClick={listing.isComplete ? listing.refresh : listing.more}
        busy={listing.isReading}
      >
        Read it again
      </Button>
    </p>
  );
}
