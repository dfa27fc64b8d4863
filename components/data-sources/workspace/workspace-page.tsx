"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { CopyLink } from "@/components/data/drawer/copy-link";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { bandAction, WorkspaceBand } from "@/components/data/drawer/workspace-band";
import { FailurePanel } from "@/components/data/failure-panel";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { buttonClass } from "@/components/ui/button-class";
import { isNotFound } from "@/lib/client/call-error";
import { routes } from "@/lib/routes";
import { useDeskStatus } from "../use-desk-status";
import { useWorkspaceSources } from "./use-workspace-sources";
import { WorkspaceAnomalies, WorkspaceConnectors } from "./workspace-body";
import { WorkspaceStanding } from "./workspace-standing";

/** The data sources of one workspace on a page of their own. */
export function WorkspacePage({ workspaceId }: { readonly workspaceId: string }) {
  return (
    <NeedsPermission permission="datasources:read" title="Data sources are not part of your role">
      <Workspace workspaceId={workspaceId} />
    </NeedsPermission>
  );
}

function Workspace({ workspaceId }: { readonly workspaceId: string }) {
  const org = useSession().organisation.slug;
  const sources = useWorkspaceSources(workspaceId);
  const { name, connectors, anomalies } = sources;
  usePageTitle("Data sources");
  useTabTitle(name && `${name}: data sources`);
  useDeskStatus("anomalies", anomalies);
  const { error } = connectors;
  // A workspace of somebody else and one that does not exist are the same.
  if (error && isNotFound(error) && (isNotFound(anomalies.error) || anomalies.data?.anomalies.length === 0))
    return <FailurePanel error={error} onRetry={() => void connectors.refetch()} />;
  return (
    <div className="flex min-h-full flex-col">
      <div className="px-2 py-1.5">
        <Link
          href={routes.dataSources(org, { view: "workspaces" })}
          className={buttonClass("quiet", "small")}
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          All workspaces
        </Link>
      </div>
      <header className="shrink-0 border-b border-line">
        <WorkspaceBand
          workspace={{ id: workspaceId, name }}
          actions={
            <CopyLink
              href={routes.workspaceDataSources(org, workspaceId)}
              what="this workspace"
              className={bandAction}
            />
          }
        />
        <WorkspaceStanding sources={sources} />
      </header>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-2">
        <div className="min-w-0">
          <WorkspaceConnectors sources={sources} />
        </div>
        <div className="min-w-0 border-line max-md:border-t md:border-l">
          <WorkspaceAnomalies sources={sources} />
        </div>
      </div>
    </div>
  );
}
