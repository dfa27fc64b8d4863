"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { Listing } from "@/lib/queries/listing";
import type { ListHandle } from "./list-grid";

/** So many rows before the end of what is loaded, the next page is asked for. */
const aheadRows = 40;

/**
 * Reads the next page when the view comes near the end of what is loaded. Hand the function to the grid's `onView`. After
 * a failure it waits for the person.
 */
export function useReadAhead(listing: Listing<unknown>, gridRef: RefObject<ListHandle | null>): () => void {
  const current = useRef(listing);
  const look = useCallback(() => {
    const { rows, isComplete, isReading, error, more } = current.current;
    const view = gridRef.current?.inView();
    if (view === undefined || isComplete || isReading || error !== null || rows.length === 0) return;
    if (view.last >= rows.length - aheadRows) more();
  }, [gridRef]);
  useEffect(() => {
    current.current = listing;
    look();
  }, [listing, look]);
  return look;
}
