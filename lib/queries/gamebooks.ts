"use client";

import { type InfiniteData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/client/call";
import { callOwn } from "@/lib/client/own-call";
import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";
import { runKey, yearCandidates } from "@/lib/domain/gamebook-run";
import { isEnded, runState } from "@/lib/domain/gamebook-status";
import type { PortalView } from "@/lib/domain/connection";
import { apiRoutes, type GamebookKey } from "@/lib/routes";
import { type GamebookAsk, type GamebookCursor, readGamebookPage } from "./gamebook-pages";
import { readPlaybooks } from "./gamebook-playbooks";
import { Lane } from "./lane";
import type { ListPage, ListSource } from "./listing";

export type { GamebookAsk } from "./gamebook-pages";

/** So few at a time that a list of runs leaves room for everybody else's calls. */
const playbookLane = new Lane(3);
/** Pages of a workspace's history that are searched for one run. */
const searchPagesMax = 20;

const listKey = (org: string) => [org, "gamebooks", "list"] as const;

interface GamebookListPage extends ListPage<Gamebook, GamebookCursor | null> {
  /** Whether upstream was asked for the wanted statuses only, so that `total` counts those. */
  readonly isStatusAsked: boolean;
}

async function readPage(
  org: string,
  ask: GamebookAsk,
  cursor: GamebookCursor | null,
  signal: AbortSignal,
): Promise<GamebookListPage> {
  const asOf = new Date().toISOString();
  const [workspaceId = ""] = ask.workspaces;
  const { runs, ...page } = await readGamebookPage(ask, cursor, {
    across: async (query) => (await call(org, "gamebooks.acrossHistory", { query }, { signal })).data,
    one: async (query) =>
      (await call(org, "gamebooks.history", { params: { workspaceId }, query }, { signal })).data,
  });
  return { ...page, rows: runs, asOf };
}

/** Gamebook runs, newest first, over workspaces or of one: for `useListing`. */
export function gamebookSource(
  org: string,
  ask: GamebookAsk,
  isEnabled = true,
): ListSource<Gamebook, GamebookCursor | null> {
  return {
    queryKey: [...listKey(org), ask],
    first: null,
    keyOf: runKey,
    isEnabled,
    read: (cursor, signal) => readPage(org, ask, cursor, signal),
  };
}

/**
 * The playbooks of a run. They change no more once the run has ended; so many lists ask for the same ones that they are kept. In a list,
 * calls take turns, and a row that scrolls by before its turn is never asked for.
 */
export function playbooksQuery(
  org: string,
  run: Pick<Gamebook, "id" | "workspaceId" | "creationDate" | "status">,
) {
  const { id: gamebookId, creationDate } = run;
  const workspaceId = run.workspaceId ?? "";
  const hasEnded = isEnded(runState(run.status));
  return queryOptions({
    queryKey: [org, "gamebooks", "playbooks", { workspaceId, gamebookId, creationDate, hasEnded }],
    queryFn: ({ signal }): Promise<readonly Playbook[]> => {
      const read = async (year: number) =>
        (
          await call(
            org,
            "gamebooks.playbooks",
            { params: { workspaceId, gamebookId }, query: { year } },
            { signal },
          )
        ).data;
      return playbookLane.run(() => readPlaybooks(read, yearCandidates(creationDate, Date.now())), signal);
    },
    staleTime: hasEnded ? Number.POSITIVE_INFINITY : 15_000,
    gcTime: 15 * 60_000,
    retry: false,
    enabled: workspaceId !== "",
  });
}

/** A run that a list has loaded. */
export function findLoadedRun(client: QueryClient, org: string, key: GamebookKey): Gamebook | null {
  const wanted = runKey({ id: key.gamebookId, workspaceId: key.workspaceId });
  const lists = client.getQueriesData<InfiniteData<GamebookListPage>>({ queryKey: listKey(org) });
  for (const [, data] of lists)
    for (const page of data?.pages ?? []) {
      const run = page.rows.find((each) => runKey(each) === wanted);
      if (run !== undefined) return run;
    }
  return null;
}

/** A run and those of the same incident, among them what it retries and what retries it. */
export interface RunReading {
  /** Null: neither its incident nor the part of the history that was searched has it. */
  readonly run: Gamebook | null;
  /** Empty where the incident is not known. */
  readonly ofIncident: readonly Gamebook[];
}

/** Upstream has no call for a single run: it is found among those of its incident, else in the workspace's history. */
export function runQuery(org: string, key: GamebookKey, incidentId: string | null) {
  return queryOptions({
    queryKey: [org, "gamebooks", "run", key, incidentId],
    queryFn: async ({ signal }): Promise<RunReading> => {
      const { workspaceId, gamebookId } = key;
      if (incidentId !== null) {
        const params = { workspaceId, incidentId };
        const ofIncident = (await call(org, "gamebooks.byIncident", { params }, { signal })).data;
        const run = ofIncident.find(({ id }) => id === gamebookId);
        if (run !== undefined) return { run, ofIncident };
      }
      return { run: await searchHistory(org, key, signal), ofIncident: [] };
    },
    retry: false,
  });
}

async function searchHistory(org: string, key: GamebookKey, signal: AbortSignal): Promise<Gamebook | null> {
  const ask: GamebookAsk = { workspaces: [key.workspaceId], states: [], text: "" };
  let cursor: GamebookCursor | null = null;
  for (let page = 0; page < searchPagesMax; page += 1) {
    const read: GamebookListPage = await readPage(org, ask, cursor, signal);
    const run = read.rows.find(({ id }) => id === key.gamebookId);
    if (run !== undefined) return run;
    if (read.next === null) return null;
    cursor = read.next;
  }
  return null;
}

/** Where ContraForce's own portal is, for what can be done there only. */
export function portalQuery(org: string) {
  return queryOptions({
    queryKey: [org, "portal", "view", null],
    queryFn: ({ signal }) => callOwn<PortalView>(apiRoutes.portal(org), { method: "GET", signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
