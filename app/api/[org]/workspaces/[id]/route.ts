import { workspaceChange, workspaceView } from "@/lib/server/workspace-profiles/handle";

export const GET = workspaceView;

/** Name, tags, groups, hidden or not. */
export const PUT = workspaceChange;

export const dynamic = "force-dynamic";
