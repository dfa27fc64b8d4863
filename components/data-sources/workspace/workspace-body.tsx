"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { describeEntry } from "@/components/data/coverage-groups";
import { Part, PartSkeleton } from "@/components/data/drawer/part";
import { FailureCallout } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { isGoingOn } from "@/lib/domain/data-sources";
import { AnomalyHistory } from "./anomaly-history";
import { ConnectorList } from "./connector-list";
import type { WorkspaceSources } from "./use-workspace-sources";

/** The anomalies going on, and those that are over. */
export function WorkspaceAnomalies({ sources }: { readonly sources: WorkspaceSources }) {
  const { anomalies, coverage } = sources;
  const formatTime = useFormatTime();
  const all = anomalies.data?.anomalies ?? [];
  const now = all.filter(isGoingOn);
  const past = all.filter((each) => !isGoingOn(each));
  return (
    <>
      <Part title="Anomalies now" count={anomalies.data ? now.length : undefined}>
        <Read query={anomalies} lines={3}>
          {() =>
            now.length > 0 ? (
              <AnomalyHistory anomalies={now} />
            ) : (
              <p className="text-13 text-pretty text-quiet">
                {coverage?.state === "read"
                  ? "ContraForce reports none."
                  : coverage?.state === "quiet"
                    ? "None is known. ContraForce names only workspaces with an anomaly, and does not name this one; its connectors answered."
                    : `None is known. This workspace ${coverage ? describeEntry(coverage, formatTime) : "was never read"}.`}
              </p>
            )
          }
        </Read>
      </Part>
      {past.length > 0 ? (
        <Part title="Earlier anomalies" count={past.length}>
          <AnomalyHistory anomalies={past} />
          {anomalies.data?.isCut ? (
            <p className="pt-2 text-12 text-quiet">Older ones are not shown.</p>
          ) : null}
        </Part>
      ) : null}
    </>
  );
}

/** The connectors as ContraForce lists them now. */
export function WorkspaceConnectors({ sources }: { readonly sources: WorkspaceSources }) {
  const { connectors, cellOf } = sources;
  return (
    <Part title="Connectors" count={connectors.data?.length}>
      <Read query={connectors} lines={8}>
        {(list) => <ConnectorList connectors={list} cellOf={cellOf} />}
      </Read>
    </Part>
  );
}

interface ReadProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly lines: number;
  readonly children: (data: Data) => ReactNode;
}

/** A part that loads and fails by itself. */
function Read<Data>({ query, lines, children }: ReadProps<Data>) {
  const { data, error, refetch } = query;
  return (
    <>
      {error ? (
        <FailureCallout
          error={error}
          onRetry={() => void refetch()}
          unaffected={
            data === undefined ? "The other parts are not concerned." : "What is shown was read before."
          }
          className="mb-2"
        />
      ) : null}
      {data !== undefined ? children(data) : error ? null : <PartSkeleton lines={lines} />}
    </>
  );
}
