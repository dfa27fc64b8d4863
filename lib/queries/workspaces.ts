import { queryOptions } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import { apiRoutes } from "@/lib/routes";

/** The workspaces that the person may see, by the names last learned. Asks upstream nothing. */
export function workspacesQuery(org: string) {
  return queryOptions({
    queryKey: [org, "workspaces", "list", null],
    queryFn: async ({ signal }) => {
      const request = { method: "GET", signal } as const;
      const { workspaces } = await callOwn<{ readonly workspaces: readonly WorkspaceListItem[] }>(
        apiRoutes.workspaces(org),
        request,
      );
      return workspaces;
    },
    staleTime: 60_000,
  });
}
