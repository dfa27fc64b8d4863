"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useSession } from "@/components/shell/session";
import { buildMatrix, type Matrix } from "@/lib/domain/data-source-matrix";
import { anomaliesQuery, connectorsQuery, readDataSourcesAnew } from "@/lib/queries/data-sources";

const none: Matrix = { columns: [], rows: [] };

/** Everything that the desk rests on: both readings, and the matrix of the two. */
export function useDesk() {
  const org = useSession().organisation.slug;
  const client = useQueryClient();
  const anomalies = useQuery(anomaliesQuery(org, null));
  const connectors = useQuery(connectorsQuery(org, null));
  const matrix = useMemo(
    () =>
      connectors.data === undefined ? none : buildMatrix(connectors.data, anomalies.data?.anomalies ?? []),
    [connectors.data, anomalies.data],
  );
  const refresh = useCallback(() => void readDataSourcesAnew(client, org), [client, org]);
  return { anomalies, connectors, matrix, refresh };
}

export type Desk = ReturnType<typeof useDesk>;
