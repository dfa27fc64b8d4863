"use client";

import { Skeleton } from "@/components/ui/skeleton";
import { isGoingOn } from "@/lib/domain/data-sources";
import type { WorkspaceSources } from "./use-workspace-sources";

const unknown = <Skeleton className="inline-block h-3 w-24" />;

/** How many connectors are connected, and how many anomalies go on; what failed is told where it would stand. */
export function WorkspaceStanding({ sources }: { readonly sources: WorkspaceSources }) {
  const { connectors, anomalies } = sources;
  const listed = connectors.data;
  const going = anomalies.data?.anomalies.filter(isGoingOn).length;
  return (
    <div className="px-4 py-3">
      <h2 className="text-16 font-semibold text-strong">Data sources</h2>
      <p className="mt-1 flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 text-13 text-normal">
        <span>
          {listed ? (
            <>
              <span className="font-medium text-strong">
                {listed.filter((connector) => connector.connected).length} of {listed.length}
              </span>{" "}
              connectors connected
            </>
          ) : connectors.error ? (
            "Connectors not read"
          ) : (
            unknown
          )}
        </span>
        <span>
          {going === 0 ? (
            "No anomaly known"
          ) : going !== undefined ? (
            <>
              <span className="font-medium text-strong">{going}</span>{" "}
              {going === 1 ? "anomaly going on" : "anomalies going on"}
            </>
          ) : anomalies.error ? (
            "Anomalies not read"
          ) : (
            unknown
          )}
        </span>
      </p>
    </div>
  );
}
