"use client";

import type { DeskPartProps } from "../desk-part";
import { workspaceColumns, workspaceListWidth } from "./workspace-columns";
import { WorkspacePart } from "../workspace-part";

/** The workspaces, each with how its connectors stand. */
export function WorkspaceList(props: DeskPartProps) {
  return (
    <WorkspacePart
      {...props}
      label="Workspaces and their data sources"
      columns={workspaceColumns}
      width={workspaceListWidth}
    />
  );
}
