"use client";

import { X } from "lucide-react";
import type { TriggerProps } from "@/components/ui/popover";

export interface ChipProps {
  /** "Severity". */
  readonly name: string;
  /** "High, Medium". */
  readonly value: string;
  readonly onRemove: () => void;
  /** Spread on the chip's body when it opens something. */
  readonly trigger?: TriggerProps;
}

/** A filter that is set: its body changes it, its cross removes it. */
export function Chip({ name, value, onRemove, trigger }: ChipProps) {
  const words = (
    <>
      <span className="text-quiet">{name}:</span>
      <span className="max-w-64 truncate text-strong">{value}</span>
    </>
  );
  return (
    <span className="inline-flex h-7 max-w-full shrink-0 items-stretch rounded-control border border-line bg-panel text-13">
      {trigger ? (
        <button
          type="button"
          {...trigger}
          className="focus-inset inline-flex min-w-0 items-center gap-1 rounded-l-control pr-1 pl-2 hover:bg-raised aria-expanded:bg-raised"
        >
          {words}
        </button>
      ) : (
        <span className="inline-flex min-w-0 items-center gap-1 pr-1 pl-2">{words}</span>
      )}
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove the filter ${name}: ${value}`}
        className="focus-inset inline-flex w-6 shrink-0 items-center justify-center rounded-r-control text-quiet hover:bg-raised hover:text-strong"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
