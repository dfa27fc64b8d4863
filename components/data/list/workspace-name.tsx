import { WorkspaceTile } from "@/components/ui/workspace-tile";

export interface WorkspaceNameProps {
  readonly workspaceId: string;
  readonly name: string | null;
  readonly className?: string;
}

/** The workspace of a row, in its cell: tile and name, and the whole name in the tip where the cell cuts it. */
export function WorkspaceName({ workspaceId, name, className }: WorkspaceNameProps) {
  return (
    <span data-tip={name ?? workspaceId} data-tip-cut="" className="flex min-w-0">
      <WorkspaceTile workspaceId={workspaceId} name={name} withName className={className} />
    </span>
  );
}
