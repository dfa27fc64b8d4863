"use client";

import { Drawer } from "@/components/data/drawer/drawer";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { useSession } from "@/components/shell/session";
import { routes } from "@/lib/routes";
import { useWorkspaceSources } from "./use-workspace-sources";
import { WorkspaceAnomalies, WorkspaceConnectors } from "./workspace-body";
import { WorkspaceStanding } from "./workspace-standing";

export interface WorkspaceDrawerProps {
  readonly workspaceId: string;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

/** One workspace beside the list. */
export function WorkspaceDrawer({ workspaceId, onPrevious, onNext, onClose }: WorkspaceDrawerProps) {
  const org = useSession().organisation.slug;
  const sources = useWorkspaceSources(workspaceId);
  const { name } = sources;
  useTabTitle(name && `${name}: data sources`);
  return (
    <Drawer
      label={`Data sources of ${name ?? "a workspace"}`}
      noun="workspace"
      contentKey={workspaceId}
      workspace={{ id: workspaceId, name }}
      pageHref={routes.workspaceDataSources(org, workspaceId)}
      head={<WorkspaceStanding sources={sources} />}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      <WorkspaceAnomalies sources={sources} />
      <WorkspaceConnectors sources={sources} />
    </Drawer>
  );
}
