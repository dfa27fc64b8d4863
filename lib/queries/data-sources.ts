import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { apiQuery } from "@/lib/client/api-query";
import { callOwn } from "@/lib/client/own-call";
import { buildQuery } from "@/lib/contract/address";
import type { AnomaliesView, AnomalyDetail, ConnectorsView } from "@/lib/domain/data-sources";
import { apiRoutes } from "@/lib/routes";

/** The server reads upstream no oftener than this, in milliseconds; asking it oftener brings nothing new. */
const anomaliesEveryMs = 60_000;
const connectorsEveryMs = 5 * 60_000;

/**
 * What is or was unusual about connectors; of one workspace, or of every one with null.
 * @param isByHand somebody asked for it: the server reads upstream anew unless that was seconds ago
 */
export function anomaliesQuery(org: string, workspaceId: string | null, isByHand = false) {
  return queryOptions({
    queryKey: [org, "datasources", "anomalies", { workspaceId }],
    queryFn: ({ signal }) => {
      const query = buildQuery({ workspace: workspaceId, fresh: isByHand ? "1" : null });
      return callOwn<AnomaliesView>(apiRoutes.dataSourceAnomalies(org) + query, { method: "GET", signal });
    },
    refetchInterval: anomaliesEveryMs,
  });
}

/** Connectors as they were last listed; of one workspace, or of every one with null. */
export function connectorsQuery(org: string, workspaceId: string | null, isByHand = false) {
  return queryOptions({
    queryKey: [org, "datasources", "connectors", { workspaceId }],
    queryFn: ({ signal }) => {
      const query = buildQuery({ workspaceIds: workspaceId, fresh: isByHand ? "1" : null });
      return callOwn<ConnectorsView>(apiRoutes.dataSourceConnectors(org) + query, { method: "GET", signal });
    },
    refetchInterval: connectorsEveryMs,
  });
}

/** One anomaly with what upstream sent. */
export function anomalyQuery(org: string, id: string) {
  return queryOptions({
    queryKey: [org, "datasources", "anomaly", { id }],
    queryFn: ({ signal }) =>
      callOwn<AnomalyDetail>(apiRoutes.dataSourceAnomaly(org, id), { method: "GET", signal }),
  });
}

/** The connectors of a workspace with everything that upstream tells of them, read now. */
export function workspaceConnectorsQuery(org: string, workspaceId: string) {
  return apiQuery(org, "datasources.list", { params: { workspaceId } });
}

/** Reads both upstream anew and shows it wherever it is shown. Failures are seen at the queries. */
export async function readDataSourcesAnew(client: QueryClient, org: string): Promise<void> {
  const now = { staleTime: 0 };
  await Promise.allSettled([
    client.fetchQuery({ ...connectorsQuery(org, null, true), ...now }),
    client.fetchQuery({ ...anomaliesQuery(org, null, true), ...now }),
  ]);
}
