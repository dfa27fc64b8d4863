"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSession } from "@/components/shell/session";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { findLoadedRun, runQuery } from "@/lib/queries/gamebooks";
import type { GamebookKey } from "@/lib/routes";

export interface RunAtHand {
  /** Null while it is not known. */
  readonly run: Gamebook | null;
  /** Runs of the same incident; empty where they are not known. */
  readonly ofIncident: readonly Gamebook[];
  readonly error: Error | null;
  /** Everything that can be asked was asked, and nothing has it. */
  readonly isMissing: boolean;
  readonly again: () => void;
}

/**
 * One run: the row that a list has loaded, at once, and what upstream says now.
 * @param isWanted false while somebody only passes by
 */
export function useRun(key: GamebookKey, incidentId: string | null, isWanted = true): RunAtHand {
  const org = useSession().organisation.slug;
  const loaded = findLoadedRun(useQueryClient(), org, key);
  const incident = incidentId ?? loaded?.incidentId ?? null;
  // A row that a list has loaded is enough where its incident is not named: it would be searched for in the very list.
  const query = useQuery({
    ...runQuery(org, key, incident),
    enabled: isWanted && (loaded === null || incident !== null),
  });
  const run = query.data?.run ?? loaded;
  return {
    run,
    ofIncident: query.data?.ofIncident ?? [],
    error: query.isError && !query.isFetching ? query.error : null,
    isMissing: run === null && query.isSuccess,
    again: () => void query.refetch(),
  };
}
