"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { callOwn } from "@/lib/client/own-call";
import { incidentKey } from "@/lib/domain/incident-merge";
import { printIncidentQuery } from "@/lib/domain/incident-query";
import { readingKey, type Sort, type ViewFilter } from "@/lib/domain/incident-view";
import { toRegisterQuery } from "@/lib/domain/incident-view-query";
import type { ChangesAnswer, IncidentsAnswer, RowsAnswer } from "@/lib/domain/register";
import { apiRoutes } from "@/lib/routes";
import type { IncidentLedger } from "./incident-ledger";
import { ledgerFor } from "./incident-ledgers";
import { type IncidentWalk, useIncidentWalk, useLedgerState } from "./incident-walk";
import { thisMinute } from "./this-minute";

/** Coming back to a list older than this reads it anew behind the rows. */
const refreshOnReturnMs = 60_000;
/** More rows than these are not loaded into a browser: the list says so, and asks to be narrowed. */
const mostRows = 20_000;
/** What became of the list is asked for this often, also while nobody looks: a notice must come all the same. */
const changesEveryMs = 10_000;

export interface IncidentList extends IncidentWalk {
  /** Where the rows come from: our own register, or upstream's pages. Null until that is known. */
  readonly origin: "register" | "upstream" | null;
  /** Something was heard to have changed: asks what became of the list, unless the person paused that. */
  readonly onNews: () => void;
  /** True when there is a register, and it does not reach as far back as the window. */
  readonly isBeyondRegister: boolean;
}

/** How a list was read from the register. */
type RegisterList =
  | { readonly origin: "upstream"; readonly isBeyondRegister: boolean }
  | {
      readonly origin: "register";
      readonly position: string;
      /** The order in which the rows of a list came that is not whole; null: it is. */
      readonly cutBy: Sort | null;
    };

/**
 * All incidents of a filter: from the register, which then tells what becomes of them, or, where that does not reach back far enough, page by
 * page from upstream. Which of the two is asked anew with each pass. Both fill the same ledger.
 */
export function useIncidentList(org: string, filter: ViewFilter, sort: Sort): IncidentList {
  const client = useQueryClient();
  const key = readingKey(filter);
  // The ledger depends on the part of the filter alone that `key` stands for.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const ledger = useMemo(() => ledgerFor(client, org, filter), [client, org, key]);
  useRefreshOnReturn(ledger);
  const register = useRegisterList(org, filter, sort, ledger);
  const walk = useIncidentWalk(org, filter, ledger, register.origin === "upstream");
  // A pause that is asked for before it is known where the rows come from holds the walk, should it come to that.
  if (register.origin === null) return { ...register, pause: walk.pause };
  if (register.origin === "register") return register;
  const { isBeyondRegister, onNews } = register;
  return { ...walk, origin: "upstream", isBeyondRegister, onNews };
}

function useRegisterList(org: string, filter: ViewFilter, sort: Sort, ledger: IncidentLedger): IncidentList {
  const client = useQueryClient();
  const state = useLedgerState(ledger);
  const { pass, running } = state;
  const [isPaused, setPaused] = useState(false);
  const listKey = [org, "incidents", "register", readingKey(filter), pass];
  const list = useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) => readList(org, filter, sort, { ledger, pass }, signal),
    // Only the ledger decides when to read again.
    enabled: running,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    refetchOnReconnect: false,
    structuralSharing: false,
  });
  const origin = list.data?.origin ?? null;
  const changes = useQuery({
    queryKey: [...listKey, "changes"],
    queryFn: async ({ signal }) => {
      const held = client.getQueryData<RegisterList>(listKey);
      if (held?.origin !== "register") return null;
      const position = await readChanges(org, filter, { ledger, pass, since: held.position }, signal);
      if (position !== null) client.setQueryData(listKey, { ...held, position });
      return position;
    },
    enabled: origin === "register" && !running && !isPaused,
    refetchInterval: changesEveryMs,
    refetchIntervalInBackground: true,
    staleTime: 0,
    structuralSharing: false,
  });
  useNewOrder(ledger, list.data, sort);
  useReadAgain(ledger, !running && list.data === undefined && !list.isFetching);

  const { refetch: ask, isFetching: isAsking } = changes;
  const { refetch: read } = list;
  const isKept = origin === "register" && !running;
  const failed =
    list.isError && !list.isFetching ? list.error : changes.isError && isKept ? changes.error : null;
  return {
    ledger,
    state,
    origin,
    isBeyondRegister: list.data?.origin === "upstream" && list.data.isBeyondRegister,
    phase: failed ? "failed" : !isKept ? "reading" : isPaused ? "paused" : "complete",
    failure: failed,
    refresh: useCallback(() => {
      setPaused(false);
      if (isKept) void ask();
      else ledger.begin();
    }, [isKept, ask, ledger]),
    onNews: useCallback(() => {
      if (!isKept || isPaused) return;
      const asked = ask({ cancelRefetch: false });
      // What is heard while an answer is on its way may not be in it.
      if (isAsking) void asked.then(() => ask({ cancelRefetch: false }));
    }, [isKept, isPaused, isAsking, ask]),
    pause: useCallback(() => setPaused(true), []),
    resume: useCallback(() => {
      setPaused(false);
      void (isKept ? ask() : read());
    }, [isKept, ask, read]),
  };
}

interface Pass {
  readonly ledger: IncidentLedger;
  readonly pass: number;
}

const get = <Data>(address: string, signal: AbortSignal) => callOwn<Data>(address, { method: "GET", signal });

/** Reads the whole list into the ledger, its beginning first. */
async function readList(
  org: string,
  filter: ViewFilter,
  sort: Sort,
  { ledger, pass }: Pass,
  signal: AbortSignal,
): Promise<RegisterList> {
  const query = toRegisterQuery(filter, sort, thisMinute());
  const first = await get<IncidentsAnswer>(apiRoutes.incidents(org, printIncidentQuery(query)), signal);
  const { coverage, total, facets, position, window, asOf } = first;
  if (!window.isReached) return { origin: "upstream", isBeyondRegister: asOf !== null };
  let page: RowsAnswer = first;
  let loaded = 0;
  for (;;) {
    loaded += page.incidents.length;
    const { incidents, next } = page;
    const end = next === null ? "whole" : loaded >= mostRows ? "cut" : null;
    ledger.takeRegistered(pass, { rows: incidents, coverage, figures: { total, facets }, end });
    if (next === null || end !== null)
      return { origin: "register", position, cutBy: end === "cut" ? sort : null };
    const further = printIncidentQuery(query);
    further.set("after", next);
    page = await get<RowsAnswer>(apiRoutes.incidentRows(org, further), signal);
  }
}

/** Takes in what became of the list; the new place. Null when it has to be read anew, which is begun. */
async function readChanges(
  org: string,
  filter: ViewFilter,
  { ledger, pass, since }: Pass & { readonly since: string },
  signal: AbortSignal,
): Promise<string | null> {
  const query = toRegisterQuery(filter, { column: "changed", descending: true }, thisMinute());
  const asked = printIncidentQuery(query);
  asked.set("since", since);
  const answer = await get<ChangesAnswer>(apiRoutes.incidentChanges(org, asked), signal);
  if (answer.mustReload || !answer.window.isReached) {
    ledger.begin("quiet");
    return null;
  }
  const { rows, left, coverage, total, facets } = answer;
  ledger.amend(pass, {
    rows,
    left: left.map(({ workspaceId, source, incidentId }) =>
      incidentKey({ workspaceId, source, id: incidentId }),
    ),
    createdFrom: filter.window.type === "Custom" ? null : query.from,
    coverage,
    figures: { total, facets },
  });
  return answer.position;
}

/** A list that is not whole holds the first rows of one order: another order means other rows. */
function useNewOrder(ledger: IncidentLedger, list: RegisterList | undefined, sort: Sort): void {
  const cutBy = list?.origin === "register" ? list.cutBy : null;
  const isOther = cutBy !== null && (cutBy.column !== sort.column || cutBy.descending !== sort.descending);
  useEffect(() => {
    if (isOther && !ledger.getState().running) ledger.begin("quiet");
  }, [isOther, ledger]);
}

/** A ledger outlives the answers that it was filled from: without a place in the log nobody can say what became of it. */
function useReadAgain(ledger: IncidentLedger, isCutOff: boolean): void {
  useEffect(() => {
    if (isCutOff && !ledger.getState().running) ledger.begin("quiet");
  }, [isCutOff, ledger]);
}

function useRefreshOnReturn(ledger: IncidentLedger): void {
  useEffect(() => {
    const { running, finished } = ledger.getState();
    if (!running && finished !== null && Date.now() - Date.parse(finished.asOf) > refreshOnReturnMs)
      ledger.begin();
  }, [ledger]);
}
