"use client";

import { useQuery } from "@tanstack/react-query";
import { useSession } from "@/components/shell/session";
import { type IncidentView, openWorkKey } from "@/lib/domain/incident-view";
import { formatQuery } from "@/lib/domain/incident-view-codec";
import { type BuiltInView, builtInViews, type SavedView } from "@/lib/domain/saved-view";
import { viewsQuery } from "@/lib/queries/views";

/** The views there are, and the one that the list's own view came from. */
export function useViews(view: IncidentView) {
  const { organisation, person } = useSession();
  const query = useQuery(viewsQuery(organisation.slug));
  const builtIn = builtInViews(person.email);
  const saved = query.data?.views ?? [];
  const own = saved.find(({ id }) => id === view.saved) ?? null;
  const isKnown = own !== null || builtIn.some(({ key }) => key === view.saved);
  /** While the saved ones are on their way nobody knows; a view that is gone or somebody else's counts as open work. */
  const isPending = query.isFetching && !isKnown && view.saved !== null;
  const key = isKnown && view.saved !== null ? view.saved : openWorkKey;
  const base: BuiltInView | SavedView | undefined = own ?? builtIn.find((one) => one.key === key);
  return {
    query,
    builtIn,
    saved,
    /** The saved view in force; null while a built-in one is. */
    own,
    key,
    name: base?.name ?? "",
    isPending,
    isModified: formatQuery(view) !== base?.query,
    defaultKey: query.data?.defaultKey ?? openWorkKey,
  };
}

export type Views = ReturnType<typeof useViews>;
