"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useSession } from "@/components/shell/session";
import type { Datasource } from "@/lib/contract/shapes/datasource";
import { concernsConnector } from "@/lib/domain/data-source-matrix";
import { isGoingOn } from "@/lib/domain/data-sources";
import { anomaliesQuery, workspaceConnectorsQuery } from "@/lib/queries/data-sources";
import { workspacesQuery } from "@/lib/queries/workspaces";

/** One workspace: its connectors as ContraForce lists them now, and the whole history of its anomalies. */
export function useWorkspaceSources(workspaceId: string) {
  const org = useSession().organisation.slug;
  const connectors = useQuery(workspaceConnectorsQuery(org, workspaceId));
  const anomalies = useQuery(anomaliesQuery(org, workspaceId));
  const all = anomalies.data?.anomalies;
  const cellOf = useCallback(
    ({ dataConnectorId, name, connectorType, connected }: Datasource) => {
      const connector = { connectorId: dataConnectorId, name, connectorType };
      const own = (all ?? []).filter((each) => isGoingOn(each) && concernsConnector(each, connector));
      if (connected === false) return { state: "disconnected" as const, anomalies: own };
      if (own.length > 0) return { state: "anomaly" as const, anomalies: own };
      return { state: connected === null ? ("unsaid" as const) : ("connected" as const), anomalies: own };
    },
    [all],
  );
  const entry = anomalies.data?.coverage.find((each) => each.workspaceId === workspaceId) ?? null;
  // Learned before, so that the name is there while the rest is read.
  const known = useQuery(workspacesQuery(org)).data?.find((each) => each.id === workspaceId);
  const name = entry?.workspaceName ?? known?.name ?? null;
  return { connectors, anomalies, cellOf, name, coverage: entry };
}

export type WorkspaceSources = ReturnType<typeof useWorkspaceSources>;
