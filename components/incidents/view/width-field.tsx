"use client";

import { useState } from "react";
import { boundWidth, columnWidthPx } from "@/lib/domain/incident-columns";

export interface WidthFieldProps {
  readonly label: string;
  /** Null: the column's own width. */
  readonly widthPx: number | null;
  /** What the arrows start from while there is none. */
  readonly ownPx: number;
  readonly onWidth: (widthPx: number | null) => void;
}

/** A width in CSS pixels. Arrow keys change it by eight; empty is the column's own width. */
export function WidthField({ label, widthPx, ownPx, onWidth }: WidthFieldProps) {
  // What is being typed, while it is no width yet.
  const [draft, setDraft] = useState<string | null>(null);
  const type = (text: string) => {
    const width = Number(text);
    const isWidth = text !== "" && width === boundWidth(width);
    setDraft(isWidth || text === "" ? null : text);
    if (isWidth || text === "") onWidth(isWidth ? width : null);
  };
  const leave = () => {
    if (draft !== null && Number(draft) > 0) onWidth(boundWidth(Number(draft)));
    setDraft(null);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      role="spinbutton"
      aria-label={label}
      aria-valuenow={widthPx ?? ownPx}
      aria-valuetext={widthPx === null ? "Automatic" : `${widthPx} pixels`}
      aria-valuemin={columnWidthPx.min}
      aria-valuemax={columnWidthPx.max}
      data-tip="Width in pixels, or empty"
      placeholder="Auto"
      value={draft ?? widthPx ?? ""}
      onChange={(event) => type(event.target.value.trim())}
      onBlur={leave}
      onKeyDown={(event) => {
        const by = { ArrowUp: 8, ArrowDown: -8 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        setDraft(null);
        onWidth(boundWidth((widthPx ?? ownPx) + by));
      }}
      className="focus-inset h-6 w-14 shrink-0 rounded-mark border border-transparent bg-transparent px-1.5 text-right text-12 text-strong tabular-nums placeholder:text-quiet hover:border-edge focus:border-edge focus:bg-page max-sm:hidden"
    />
  );
}
