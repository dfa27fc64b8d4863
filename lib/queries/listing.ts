"use client";

import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { KeyOf } from "@/lib/domain/list-cursor";

/** One page of a list, however upstream pages it (lib/domain/paging.ts says what comes next). */
export interface ListPage<Row, Place> {
  readonly rows: readonly Row[];
  /** What to ask for next; null after the last page. */
  readonly next: Place | null;
  /** How many rows there are in all, if upstream says so and the person may know it. */
  readonly total: number | null;
  /** Rows that could not be understood and were set aside. */
  readonly unreadableRows?: number;
  /** ISO instant of the reading. */
  readonly asOf: string;
}

export interface ListSource<Row, Place> {
  /** `[org, domain, operation, input]`. */
  readonly queryKey: readonly unknown[];
  readonly first: Place;
  readonly read: (place: Place, signal: AbortSignal) => Promise<ListPage<Row, Place>>;
  /** The same function always. Rows with the same key on two pages are one: the list moved while it was read. */
  readonly keyOf: KeyOf<Row>;
  readonly isEnabled?: boolean;
  /** Milliseconds between readings on their own; none unless told. */
  readonly everyMs?: number;
}

/** A list as far as it is read. */
export interface Listing<Row> {
  readonly rows: readonly Row[];
  /** In all, as the newest page said; null: not known, so what is shown is "at least" until `isComplete`. */
  readonly total: number | null;
  readonly unreadableRows: number;
  /** Every page is read. */
  readonly isComplete: boolean;
  /** The first page is on its way and nothing is shown yet. */
  readonly isLoading: boolean;
  /** Something is being read: the first page, the next one, or all of it anew. */
  readonly isReading: boolean;
  /** The last reading failed; the rows shown stay. */
  readonly error: Error | null;
  /** When the oldest page shown was read. */
  readonly asOf: string | null;
  /** Reads the next page, if there is one and nothing is being read; after a failure, tries it again. */
  readonly more: () => void;
  /** Reads everything shown anew. */
  readonly refresh: () => void;
}

/** Reads a list page by page. One shape over the three paging forms. */
export function useListing<Row, Place>(source: ListSource<Row, Place>): Listing<Row> {
  const { queryKey, first, read, keyOf, isEnabled = true, everyMs } = source;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam as Place, signal),
    initialPageParam: first,
    getNextPageParam: (page: ListPage<Row, Place>) => page.next ?? undefined,
    enabled: isEnabled,
    refetchInterval: everyMs ?? false,
    refetchOnWindowFocus: false,
  });
  const { data, error, isFetching, hasNextPage } = query;
  const joined = useMemo(() => join(data, keyOf), [data, keyOf]);
  return {
    ...joined,
    isComplete: data !== undefined && !hasNextPage,
    isLoading: data === undefined && isFetching,
    isReading: isFetching,
    error,
    more: () => {
      if (isFetching) return;
      if (data === undefined) void query.refetch();
      // Two may ask between two drawings: the second joins the first and does not start the page over.
      else if (hasNextPage) void query.fetchNextPage({ cancelRefetch: false });
      else if (error !== null) void query.refetch();
    },
    refresh: () => void query.refetch(),
  };
}

function join<Row, Place>(data: InfiniteData<ListPage<Row, Place>> | undefined, keyOf: KeyOf<Row>) {
  const rows = new Map<string, Row>();
  let unreadableRows = 0;
  let asOf: string | null = null;
  for (const page of data?.pages ?? []) {
    // The first place stays: later pages repeat rows that slid down while new ones came in at the top.
    for (const row of page.rows) if (!rows.has(keyOf(row))) rows.set(keyOf(row), row);
    unreadableRows += page.unreadableRows ?? 0;
    if (asOf === null || page.asOf < asOf) asOf = page.asOf;
  }
  return { rows: [...rows.values()], total: data?.pages.at(-1)?.total ?? null, unreadableRows, asOf };
}
