"use client";

import { ArrowUp } from "lucide-react";
import { Kbd } from "@/components/ui/kbd";
import { describeWaiting, type Waiting } from "@/lib/domain/incident-view-arrange";

export interface PendingPillProps {
  readonly waiting: Waiting;
  readonly onApply: () => void;
}

/** What waits to get into the list while somebody works on it. It never moves a row by itself. */
export function PendingPill({ waiting, onApply }: PendingPillProps) {
  const words = describeWaiting(waiting);
  return (
    <span role="status" className="inline-flex shrink-0">
      {words === "" ? null : (
        <button
          type="button"
          onClick={onApply}
          className="inline-flex h-6 items-center gap-1.5 rounded-full bg-accent-ground px-2.5 text-12 font-medium whitespace-nowrap text-accent hover:text-strong"
        >
          <ArrowUp aria-hidden="true" className="size-3.5" />
          {words}
          <span className="sr-only">, show them</span>
          <span className="ml-0.5 max-sm:hidden">
            <Kbd keys="." />
          </span>
        </button>
      )}
    </span>
  );
}
