"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { CopyLink } from "@/components/data/drawer/copy-link";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { bandAction, WorkspaceBand } from "@/components/data/drawer/workspace-band";
import { FailureCallout, FailurePanel } from "@/components/data/failure-panel";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { workspaceQuery } from "@/lib/queries/workspace-profiles";
import { routes } from "@/lib/routes";
import { useBasisLine } from "./use-workspace-desk";
import {
  useRowOf,
  WorkspaceFacts,
  WorkspaceLinks,
  WorkspaceSources,
  WorkspaceStanding,
} from "./workspace-facts";

const EditDialog = onDemand(() => import("./edit-dialog").then((module) => module.EditDialog));

/** One workspace on a page of its own. */
export function WorkspacePage({ workspaceId }: { readonly workspaceId: string }) {
  return (
    <NeedsPermission permission="workspaces:read" title="Workspaces are not part of your role">
      <Workspace workspaceId={workspaceId} />
    </NeedsPermission>
  );
}

function Workspace({ workspaceId }: { readonly workspaceId: string }) {
  const org = useSession().organisation.slug;
  const { data, error, refetch } = useQuery(workspaceQuery(org, workspaceId));
  const [isEditing, setEditing] = useState(false);
  const row = useRowOf(data);
  const name = row?.name ?? null;
  const mayEdit = data?.mayManage ?? false;
  usePageTitle("Workspace");
  useTabTitle(name);
  useBasisLine(data?.basis, error);
  useShortcuts(
    "Workspace",
    mayEdit ? [{ keys: "e", label: "Change the workspace", run: () => setEditing(true) }] : [],
  );
  const again = () => void refetch();
  // A workspace of somebody else and one that does not exist are the same.
  if (error && data === undefined) return <FailurePanel error={error} onRetry={again} />;
  return (
    <div className="flex min-h-full flex-col">
      <div className="px-2 py-1.5">
        <Link href={routes.workspaces(org)} className={buttonClass("quiet", "small")}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          All workspaces
        </Link>
      </div>
      <header className="shrink-0 border-b border-line">
        <WorkspaceBand
          workspace={{ id: workspaceId, name }}
          actions={
            <CopyLink
              href={routes.workspace(org, workspaceId)}
              what="this workspace"
              className={bandAction}
            />
          }
        />
        <div className="flex items-center">
          <div className="min-w-0 flex-1">
            {row ? <WorkspaceStanding row={row} /> : <Skeleton className="m-4 h-4 w-60" />}
          </div>
          {mayEdit ? (
            <Button onClick={() => setEditing(true)} className="mr-4 shrink-0" data-tip="Change it (e)">
              Change
            </Button>
          ) : null}
        </div>
      </header>
      {error ? (
        <FailureCallout
          error={error}
          onRetry={again}
          unaffected="What is shown was read before."
          className="m-4"
        />
      ) : null}
      {data && row ? (
        <div className="grid flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-2">
          <div className="min-w-0">
            <WorkspaceFacts row={row} />
            <WorkspaceLinks id={row.id} />
          </div>
          <div className="min-w-0 border-line max-md:border-t md:border-l">
            <WorkspaceSources sources={data.sources} />
          </div>
        </div>
      ) : null}
      {isEditing && row && data ? (
        <EditDialog row={row} overview={data} onClose={() => setEditing(false)} />
      ) : null}
    </div>
  );
}
