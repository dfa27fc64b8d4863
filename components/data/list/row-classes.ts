import type { CSSProperties } from "react";
import { cx } from "@/components/ui/class-names";
import type { Density } from "@/lib/domain/density";

/** Below this width of the list (CSS pixels) a row is a card of two lines; the same number stands in the columns of each list. */
export const cardBelowPx = 560;
/** Height of such a card, `h-15` below. */
const cardHeightPx = 60;
/** As in tailwind.config.ts, which is no code for the browser; a test compares the two. */
const heightsPx: Record<Density, number> = { compact: 28, normal: 36, comfortable: 48 };
/** Height of the head of the table, `h-8`. */
export const headHeightPx = 32;

export function rowHeightPx(density: Density, isCard: boolean): number {
  return isCard ? cardHeightPx : heightsPx[density];
}

const heights: Record<Density, string> = {
  compact: "h-row-compact",
  normal: "h-row-normal",
  comfortable: "h-row-comfortable",
};

/**
 * A row of the table, which turns into a card where the list is narrow. The same for rows, head and skeleton.
 * @param width class of the width from which the table scrolls sideways, such as `min-w-[1192px] @max-[860px]/list:min-w-0`
 */
export function rowClass(density: Density, width: string): string {
  return cx(
    "flex w-full",
    width,
    "@max-[560px]/list:grid @max-[560px]/list:min-w-0 @max-[560px]/list:h-15 @max-[560px]/list:grid-cols-[32px_minmax(0,1fr)_auto]",
    "@max-[560px]/list:grid-rows-[30px_22px] @max-[560px]/list:pr-1",
    heights[density],
  );
}

/** A cell, by its column. */
export function cellClass(meta: {
  readonly place: string;
  readonly fixed?: "first" | "second";
  readonly end?: boolean;
  readonly widthPx?: number | null;
}): string {
  return cx(
    "flex min-w-0 shrink-0 items-center px-2",
    meta.end && "justify-end",
    meta.fixed && "sticky z-1 bg-inherit @max-[560px]/list:static",
    meta.fixed === "first" && "left-0",
    meta.fixed === "second" && "left-10",
    meta.place,
    !!meta.widthPx && "@min-[860px]/list:grow-0 @min-[860px]/list:basis-(--column)",
  );
}

/** What goes with `cellClass`: the width that somebody gave the column. A variable, so that narrow lists can pass it over. */
export function cellStyle({ widthPx }: { readonly widthPx?: number | null }): CSSProperties | undefined {
  // React's type knows no custom properties.
  return widthPx ? ({ "--column": `${widthPx}px` } as CSSProperties) : undefined;
}
