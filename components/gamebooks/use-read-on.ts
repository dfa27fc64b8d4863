"use client";

import { useEffect, useRef } from "react";
import type { Listing } from "@/lib/queries/listing";

/** Pages that are read by themselves before a person is asked whether to go on. */
const pagesPerAct = 20;

/**
 * Reads on by itself for as long as it is wanted, some pages at a time: then it waits for a person, as it does after a failure.
 * The listing that comes back grants the next pages with its `more`.
 * @param actKey changes with what is asked for
 */
export function useReadOn<Row>(listing: Listing<Row>, isWanted: boolean, actKey: string): Listing<Row> {
  const act = useRef({ key: actKey, pages: 0 });
  const { isComplete, isReading, isLoading, error, more } = listing;
  useEffect(() => {
    if (act.current.key !== actKey) act.current = { key: actKey, pages: 0 };
    if (!isWanted || isComplete || isReading || isLoading || error !== null) return;
    if (act.current.pages >= pagesPerAct) return;
    act.current.pages += 1;
    more();
  }, [isWanted, isComplete, isReading, isLoading, error, more, actKey]);
  return {
    ...listing,
    more: () => {
      act.current.pages = 0;
      more();
    },
  };
}
