"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { ViewsAnswer } from "@/lib/domain/saved-view";
import { apiRoutes } from "@/lib/routes";

/** The saved views that the person may know of, and which one the list opens with. */
export function viewsQuery(org: string) {
  return queryOptions({
    queryKey: [org, "views", "list", null],
    queryFn: ({ signal }) => callOwn<ViewsAnswer>(apiRoutes.views(org), { method: "GET", signal }),
  });
}

export type ViewsAct =
  | { readonly act: "add"; readonly name: string; readonly query: string; readonly isShared: boolean }
  | {
      readonly act: "change";
      readonly id: string;
      readonly name?: string;
      readonly query?: string;
      readonly isShared?: boolean;
    }
  | { readonly act: "remove"; readonly id: string }
  /** Null: open work. */
  | { readonly act: "default"; readonly key: string | null };

function perform(org: string, input: ViewsAct): Promise<{ readonly id?: string }> {
  switch (input.act) {
    case "add": {
      const { act: _act, ...body } = input;
      return callOwn(apiRoutes.views(org), { method: "POST", body });
    }
    case "change": {
      const { act: _act, id, ...body } = input;
      return callOwn(apiRoutes.view(org, id), { method: "PUT", body });
    }
    case "remove":
      return callOwn(apiRoutes.view(org, input.id), { method: "DELETE", body: {} });
    case "default":
      return callOwn(apiRoutes.defaultView(org), { method: "PUT", body: { key: input.key } });
  }
}

/** Changes the person's views; what is stored is read anew before it counts as done. */
export function useViewsAct(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ViewsAct) => perform(org, input),
    // After a failure too: it may be stale, and then the menu shows what is stored by now.
    onSettled: () => client.invalidateQueries({ queryKey: [org, "views"] }),
  });
}
