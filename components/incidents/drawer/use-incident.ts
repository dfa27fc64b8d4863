"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useResting } from "@/components/data/drawer/use-resting";
import { useSession } from "@/components/shell/session";
import { apiQuery } from "@/lib/client/api-query";
import type { IncidentDetail, IncidentRow } from "@/lib/contract/shapes/incident";
import type { IncidentSource } from "@/lib/contract/vocabulary";
import { joinIncident } from "@/lib/domain/incident-view-detail";
import { findLoadedRow } from "@/lib/queries/incident-ledgers";
import type { IncidentKey } from "@/lib/routes";
import { listKeyOf } from "../incident-key";

export interface IncidentReading {
  /** What is known: the row at once, the detail once it is there. Null while nothing is. */
  readonly incident: IncidentRow | null;
  readonly detail: IncidentDetail | null;
  readonly error: Error | null;
  readonly isReading: boolean;
  readonly again: () => void;
}

/** One incident: the row the list has loaded, and its detail from upstream. */
export function useIncident(key: IncidentKey): IncidentReading {
  const { organisation } = useSession();
  const client = useQueryClient();
  const row = findLoadedRow(client, organisation.slug, listKeyOf(key)) ?? null;
  const isResting = useResting(listKeyOf(key));
  const query = useQuery({
    ...apiQuery(organisation.slug, "incidents.get", {
      // A source that we do not know is refused by the server, in words.
      params: { ...key, source: key.source as IncidentSource },
      query: { withDetails: true },
    }),
    enabled: isResting,
  });
  const detail = query.data ?? null;
  useRereadWhenNewer(row, detail, () => void query.refetch());
  return {
    incident: joinIncident(row, detail?.incident ?? null),
    detail,
    error: query.isError && !query.isFetching ? query.error : null,
    isReading: query.isPending || (query.isError && query.isFetching),
    again: () => void query.refetch(),
  };
}

/** Reads the detail anew once for each change of the row that it does not know of yet. */
function useRereadWhenNewer(
  row: IncidentRow | null,
  detail: IncidentDetail | null,
  reread: () => void,
): void {
  const changedAt = row?.lastModificationTime ?? null;
  const readAnew = useEffectEvent(() => {
    const known = detail?.incident.lastModificationTime ?? null;
    if (known !== null && changedAt !== null && changedAt > known) reread();
  });
  useEffect(() => {
    if (changedAt !== null) readAnew();
  }, [changedAt]);
}
