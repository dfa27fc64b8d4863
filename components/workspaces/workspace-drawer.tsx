"use client";

import { useQuery } from "@tanstack/react-query";
import { Drawer } from "@/components/data/drawer/drawer";
import { PartSkeleton } from "@/components/data/drawer/part";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { FailureCallout } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { workspaceQuery } from "@/lib/queries/workspace-profiles";
import { routes } from "@/lib/routes";
import {
  useRowOf,
  WorkspaceFacts,
  WorkspaceLinks,
  WorkspaceSources,
  WorkspaceStanding,
} from "./workspace-facts";

export interface WorkspaceDrawerProps {
  readonly workspaceId: string;
  /** Null for who may change nothing. */
  readonly onEdit: (() => void) | null;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

/** One workspace beside the list. */
export function WorkspaceDrawer({ workspaceId, onEdit, onPrevious, onNext, onClose }: WorkspaceDrawerProps) {
  const org = useSession().organisation.slug;
  const { data, error, refetch } = useQuery(workspaceQuery(org, workspaceId));
  const row = useRowOf(data);
  const name = row?.name ?? null;
  useTabTitle(name);
  return (
    <Drawer
      label={`Workspace: ${name ?? workspaceId}`}
      noun="workspace"
      contentKey={workspaceId}
      workspace={{ id: workspaceId, name }}
      pageHref={routes.workspace(org, workspaceId)}
      head={
        row ? (
          <div className="flex items-center">
            <div className="min-w-0 flex-1">
              <WorkspaceStanding row={row} />
            </div>
            {onEdit ? (
              <Button onClick={onEdit} className="mr-4 shrink-0" data-tip="Change it (e)">
                Change
              </Button>
            ) : null}
          </div>
        ) : (
          <div className="min-h-12" />
        )
      }
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      {error ? (
        <FailureCallout
          error={error}
          onRetry={() => void refetch()}
          unaffected={data ? "What is shown was read before." : "The list is not concerned."}
          className="m-4"
        />
      ) : null}
      {data && row ? (
        <>
          <WorkspaceFacts row={row} />
          <WorkspaceLinks id={row.id} />
          <WorkspaceSources sources={data.sources} />
        </>
      ) : error ? null : (
        <div className="p-4">
          <PartSkeleton lines={8} />
        </div>
      )}
    </Drawer>
  );
}
