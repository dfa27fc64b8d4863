"use client";

import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { WorkspacesChange } from "@/lib/domain/workspace-desk";
import type { SetChange, WorkspaceDetail, WorkspacesOverview } from "@/lib/domain/workspace-profile";
import { apiRoutes } from "@/lib/routes";

/** Milliseconds after which what was read is read again while somebody looks. */
const everyMs = 60_000;

/** Every workspace that the person may see, with what people made of it and what was read of it. Asks upstream nothing. */
export function overviewQuery(org: string) {
  return queryOptions({
    queryKey: [org, "workspaces", "overview", null],
    queryFn: ({ signal }) =>
      callOwn<WorkspacesOverview>(apiRoutes.workspacesOverview(org), { method: "GET", signal }),
    staleTime: everyMs / 2,
    refetchInterval: everyMs,
  });
}

/** One workspace with the history of its readings. */
export function workspaceQuery(org: string, id: string) {
  return queryOptions({
    queryKey: [org, "workspaces", "detail", id],
    queryFn: ({ signal }) =>
      callOwn<WorkspaceDetail>(apiRoutes.workspace(org, id), { method: "GET", signal }),
    staleTime: everyMs / 2,
    refetchInterval: everyMs,
  });
}

/** What is on show of workspaces and groups is read anew; the data sources, which name them too, when they are looked at next. */
const readAnew = (client: QueryClient, org: string) =>
  Promise.all([
    client.invalidateQueries({ queryKey: [org, "workspaces"] }),
    client.invalidateQueries({ queryKey: [org, "members"] }),
    client.invalidateQueries({ queryKey: [org, "datasources"], refetchType: "none" }),
  ]);

export interface ProfileChange {
  readonly id: string;
  readonly revision: number;
  readonly ownName?: string;
  readonly tags?: readonly string[];
  readonly hidden?: { readonly reason: string } | null;
  readonly groups?: SetChange;
}

/** Names, tags, groups and hides one workspace; what is stored is read anew before it counts as done, also after a failure. */
export function useProfileChange(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ProfileChange) =>
      callOwn<{ readonly revision: number }>(apiRoutes.workspace(org, id), { method: "PUT", body }),
    onSettled: () => readAnew(client, org),
  });
}

/** A group that is made on the way, for the workspaces that are changed. */
export interface NewGroup {
  readonly name: string;
  readonly workspaceIds: readonly string[];
}

export interface BulkChange {
  /** One after the other; each is done to all of its workspaces or to none. */
  readonly changes: readonly WorkspacesChange[];
  readonly group: NewGroup | null;
}

/** Does the same to several workspaces, and undoes it. */
export function useBulkChange(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ changes, group }: BulkChange) => {
      // The group comes last: what is done to the others again changes nothing, and a group is made once.
      for (const body of changes) await callOwn(apiRoutes.workspacesChanges(org), { method: "POST", body });
      if (group !== null) await callOwn(apiRoutes.workspaceGroups(org), { method: "POST", body: group });
    },
    onSettled: () => readAnew(client, org),
  });
}

export type GroupAct =
  | { readonly act: "rename"; readonly id: string; readonly name: string }
  | { readonly act: "remove"; readonly id: string };

/** Renames and deletes groups. */
export function useGroupAct(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: GroupAct) =>
      input.act === "rename"
        ? callOwn(apiRoutes.workspaceGroup(org, input.id), {
            method: "PUT",
            body: { name: input.name },
          })
        : callOwn(apiRoutes.workspaceGroup(org, input.id), { method: "DELETE", body: {} }),
    onSettled: () => readAnew(client, org),
  });
}
