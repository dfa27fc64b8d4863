import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { workspaceHue } from "@/components/ui/workspace-hue";
import { WorkspaceTile } from "@/components/ui/workspace-tile";

export interface BandWorkspace {
  readonly id: string;
  readonly name: string | null;
}

/** Look of a button within the band. */
export const bandAction = "text-inherit! hover:bg-transparent! hover:opacity-70 size-7!";

/** Whose thing it is comes first, in the workspace's own hue; without a workspace the band is plain. */
export function WorkspaceBand(props: {
  readonly workspace: BandWorkspace | null;
  /** Buttons at the end of the band. */
  readonly actions: ReactNode;
}) {
  const { workspace, actions } = props;
  return (
    <div
      data-hue={workspace === null ? undefined : workspaceHue(workspace.id)}
      className={cx(
        "flex h-10 items-center gap-2 pr-2 pl-4",
        workspace === null ? "bg-panel text-normal" : "bg-hue-ground text-hue-ink",
      )}
    >
      {workspace === null ? (
        <span className="flex-1" />
      ) : (
        <WorkspaceTile
          workspaceId={workspace.id}
          name={workspace.name}
          withName
          className="flex-1 text-13 font-semibold"
        />
      )}
      {actions}
    </div>
  );
}
