"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from "react";
import { send } from "@/lib/client/call";
import { CallError } from "@/lib/client/call-error";
import { domainOf } from "@/lib/contract/address";
import { readingKey, toWalkFilter, type ViewFilter } from "@/lib/domain/incident-view";
import type { WalkFilter, WalkPage, WalkRequest } from "@/lib/domain/walk";
import type { IncidentLedger, LedgerState } from "./incident-ledger";

const walkOperation = "incidents.acrossWorkspaces";
/** So many quiet restarts in a row, then the failure is shown: a position that never holds is no accident. */
const quietRestartsMax = 3;
/** A wait longer than this is left to the person. */
const waitMaxSeconds = 120;

export interface IncidentWalk {
  readonly ledger: IncidentLedger;
  readonly state: LedgerState;
  /** What the walk does now. `failed`: a page did not come, `resume` asks for it again. */
  readonly phase: "reading" | "paused" | "failed" | "complete";
  /** Why it failed; null in every other phase. */
  readonly failure: CallError | Error | null;
  /** Reads everything anew, behind the rows that are shown. */
  readonly refresh: () => void;
  readonly pause: () => void;
  /** Goes on from where it stopped, after a pause or a failure. */
  readonly resume: () => void;
}

/**
 * Walks through all incidents of a filter, page by page and by itself, until everything is read. Rows gather in the
 * ledger; the query holds the sealed cursors only. A reading position that is no longer valid starts the walk over
 * without losing rows.
 * @param isAsked false: the rows come from elsewhere, nothing is read
 */
export function useIncidentWalk(
  org: string,
  filter: ViewFilter,
  ledger: IncidentLedger,
  isAsked: boolean,
): IncidentWalk {
  const state = useLedgerState(ledger);
  const [pausedPass, setPausedPass] = useState<number | null>(null);
  const isPaused = pausedPass === state.pass;
  const walkFilter = useWalkFilter(filter, state.begunMs);
  const query = useWalkPages(org, walkFilter, ledger, state.pass, isAsked);

  const { hasNextPage, isFetching, isError, fetchNextPage, refetch } = query;
  const isFirst = query.data === undefined;
  const resume = useCallback(() => {
    setPausedPass(null);
    if (isFetching) return;
    void (isFirst ? refetch() : fetchNextPage());
  }, [isFetching, isFirst, refetch, fetchNextPage]);
  const refresh = useCallback(() => {
    setPausedPass(null);
    ledger.begin();
  }, [ledger]);
  const pause = useCallback(() => setPausedPass(state.pass), [state.pass]);

  useEffect(() => {
    if (isAsked && hasNextPage && !isFetching && !isError && !isPaused) void fetchNextPage();
  }, [isAsked, hasNextPage, isFetching, isError, isPaused, fetchNextPage]);
  const isRestarting = useQuietRestart(ledger, query.error);
  useRetryAfter(query.error, resume);

  const failure = isError && !isFetching && !isRestarting ? query.error : null;
  return {
    ledger,
    state,
    phase: failure ? "failed" : !state.running ? "complete" : isPaused ? "paused" : "reading",
    failure,
    refresh,
    pause,
    resume,
  };
}

/** The upstream part of a filter, the same object for as long as it says the same and one pass lasts. */
function useWalkFilter(filter: ViewFilter, begunMs: number): WalkFilter {
  const key = readingKey(filter);
  // `key` stands for the part of the filter that is read.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => toWalkFilter(filter, begunMs), [key, begunMs]);
}

export function useLedgerState(ledger: IncidentLedger): LedgerState {
  return useSyncExternalStore(ledger.subscribe, ledger.getState, ledger.getState);
}

function useWalkPages(
  org: string,
  filter: WalkFilter,
  ledger: IncidentLedger,
  pass: number,
  isAsked: boolean,
) {
  return useInfiniteQuery({
    queryKey: [org, domainOf(walkOperation), walkOperation, filter, pass],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const page = await readWalkPage(org, { ...filter, cursor: pageParam }, signal);
      ledger.take(pass, page);
      return page.cursor;
    },
    getNextPageParam: (cursor) => cursor ?? undefined,
    // Only the ledger decides when to read again.
    enabled: isAsked && ledger.getState().running,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
    structuralSharing: false,
  });
}

/** One page of the walk. Its form is ours and not upstream's, see `lib/domain/walk.ts`. */
export async function readWalkPage(
  org: string,
  request: WalkRequest,
  signal: AbortSignal,
): Promise<WalkPage> {
  const { data } = await send(org, walkOperation, { body: request }, { signal });
  // Built by our own server (lib/server/walk), which types it as WalkPage.
  return data as WalkPage;
}

/** Starts over when the server no longer takes the reading position. True while it does. */
function useQuietRestart(ledger: IncidentLedger, error: Error | null): boolean {
  const isLost =
    error instanceof CallError && (error.code === "CURSOR_EXPIRED" || error.code === "CURSOR_INVALID");
  const mayRestart = ledger.getState().quietRestarts < quietRestartsMax;
  useEffect(() => {
    if (isLost && ledger.getState().quietRestarts < quietRestartsMax) ledger.begin("quiet");
  }, [isLost, ledger]);
  return isLost && mayRestart;
}

/** Goes on by itself where the server said when to; every other failure waits for a person. */
function useRetryAfter(error: Error | null, resume: () => void): void {
  const seconds = error instanceof CallError ? (error.problem?.retryAfterSeconds ?? null) : null;
  const goOn = useEffectEvent(resume);
  useEffect(() => {
    if (seconds === null || seconds > waitMaxSeconds) return;
    const timer = setTimeout(goOn, seconds * 1000);
    return () => clearTimeout(timer);
    // `error` is a new object for each failure: a second wait starts even when it is as long as the first.
  }, [error, seconds]);
}
