import { requireCaller } from "@/lib/server/auth/caller";
import { withProblems } from "@/lib/server/problem";
import { answerWorkspaceList } from "@/lib/server/workspace-list";
import { listWorkspaces } from "@/lib/server/workspaces";

interface RouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** The workspaces of an organisation that the person or the display may see. */
export const GET = withProblems<RouteContext>(async (request, { params }, requestId) =>
  answerWorkspaceList(request, (await params).org, requestId, { requireCaller, listWorkspaces }),
);

export const dynamic = "force-dynamic";
