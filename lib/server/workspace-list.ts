import "server-only";
import { type Caller, coversWorkspace, type WorkspaceScope } from "@/lib/domain/access";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import { authorise, membershipOf } from "@/lib/server/access";
import { answerData } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import type { KnownWorkspace } from "@/lib/server/workspaces";

/** Those who are called something come first, in the order of what people call them. */
const byName = new Intl.Collator("en").compare;

/** The known workspaces that a scope covers, by the names that people here know them by; unnamed ones last, in the registry's order. */
export function visibleWorkspaces(
  known: readonly KnownWorkspace[],
  scope: WorkspaceScope,
): readonly WorkspaceListItem[] {
  return known
    .filter((workspace) => coversWorkspace(scope, workspace.id))
    .map(({ id, name, ownName, sources, lastSeenAt }) => ({
      id,
      name: ownName ?? name,
      sources: sources.map((each) => each.source),
      lastSeenAt,
    }))
    .sort((a, b) =>
      a.name === null || b.name === null
        ? Number(a.name === null) - Number(b.name === null)
        : byName(a.name, b.name),
    );
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
