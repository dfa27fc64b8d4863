"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Drawer } from "@/components/data/drawer/drawer";
import { PartSkeleton } from "@/components/data/drawer/part";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { FailurePanel } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { Skeleton } from "@/components/ui/skeleton";
import { anomalyConnector, anomalyText } from "@/lib/domain/data-source-words";
import { anomalyQuery } from "@/lib/queries/data-sources";
import { routes } from "@/lib/routes";
import { AnomalyFacts } from "./anomaly-facts";

export interface AnomalyDrawerProps {
  readonly id: string;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

/** One anomaly beside the list: its history, what ContraForce reports, and the row as it came. */
export function AnomalyDrawer({ id, onPrevious, onNext, onClose }: AnomalyDrawerProps) {
  const org = useSession().organisation.slug;
  const { data, error, refetch } = useQuery(anomalyQuery(org, id));
  const anomaly = data?.anomaly ?? null;
  useTabTitle(anomaly && `${anomaly.workspaceName ?? "Anomaly"}: ${anomalyConnector(anomaly)}`);
  const workspaceId = anomaly?.workspaceId ?? null;
  return (
    <Drawer
      label={`Anomaly: ${anomaly === null ? "being read" : anomalyConnector(anomaly)}`}
      noun="anomaly"
      contentKey={id}
      workspace={workspaceId === null ? null : { id: workspaceId, name: anomaly?.workspaceName ?? null }}
      head={
        <div className="px-4 py-3">
          {anomaly === null ? (
            <Skeleton className="my-1 h-5 w-4/5" />
          ) : (
            <>
              <h2 className="text-16 font-semibold text-pretty wrap-anywhere text-strong">
                {anomalyConnector(anomaly)}
              </h2>
              <p className="mt-1 text-13 text-pretty wrap-anywhere text-normal">{anomalyText(anomaly)}</p>
            </>
          )}
          {workspaceId === null ? null : (
            <p className="mt-1 text-13">
              <Link
                href={routes.workspaceDataSources(org, workspaceId)}
                prefetch={false}
                className="text-accent hover:underline"
              >
                All data sources of this workspace
              </Link>
            </p>
          )}
        </div>
      }
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      {data ? (
        <AnomalyFacts anomaly={data.anomaly} raw={data.raw} />
      ) : error ? (
        <FailurePanel error={error} onRetry={() => void refetch()} />
      ) : (
        <div role="status" aria-label="Reading the anomaly" className="px-4 py-3">
          <PartSkeleton lines={8} />
        </div>
      )}
    </Drawer>
  );
}
