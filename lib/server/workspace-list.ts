import "server-only";
import { type Caller, coversWorkspace, type WorkspaceScope } from "@/lib/domain/access";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import { authorise, membershipOf } from "@/lib/server/access";
import { answerData } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import type { KnownWorkspace } from "@/lib/server/workspaces";

/** The known workspaces that a scope covers, in the registry's order. */
export function visibleWorkspaces(
  known: readonly KnownWorkspace[],
  scope: WorkspaceScope,
): readonly WorkspaceListItem[] {
  return known
    .filter((workspace) => coversWorkspace(scope, workspace.id))
    .map(({ id, name, sources, lastSeenAt }) => ({
      id,
      name,
      sources: sources.map((each) => each.source),
      lastSeenAt,
    }));
}

export interface WorkspaceListDependencies {
  readonly requireCaller: (headers: Headers) => Promise<Caller>;
  readonly listWorkspaces: (organisationId: string) => Promise<readonly KnownWorkspace[]>;
}

/**
 * `GET /api/<org>/workspaces`: every workspace that a reply has ever named and the person (or the display) may see. Asks upstream nothing.
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND (not the person's organisation), FORBIDDEN, HEADER_REFUSED, STORE_UNAVAILABLE
 */
export async function answerWorkspaceList(
  request: Request,
  org: string,
  requestId: string,
  deps: WorkspaceListDependencies,
): Promise<Response> {
  refuseHeaders(request.headers);
  const standing = membershipOf(await deps.requireCaller(request.headers), org);
  authorise(standing, "workspaces:read", null);
  const known = await deps.listWorkspaces(standing.organisationId);
  return answerData({ workspaces: visibleWorkspaces(known, standing.scope) }, requestId);
}
