import { requirePrincipal } from "@/lib/server/auth/session";
import { withProblems } from "@/lib/server/problem";
import { answerWorkspaceList } from "@/lib/server/workspace-list";
import { listWorkspaces } from "@/lib/server/workspaces";

interface RouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** The workspaces of an organisation that the person may see. */
export const GET = withProblems<RouteContext>(async (request, { params }, requestId) =>
  answerWorkspaceList(request, (await params).org, requestId, { requirePrincipal, listWorkspaces }),
);

export const dynamic = "force-dynamic";
