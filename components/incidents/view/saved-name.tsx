"use client";

import { Skeleton } from "@/components/ui/skeleton";
import type { IncidentView } from "@/lib/domain/incident-view";
import { useViews } from "./use-views";
import { ViewName } from "./view-name";

/** The name of the view in force where it is not open work. */
export function SavedName({ view }: { readonly view: IncidentView }) {
  const { name, isModified, isPending } = useViews(view);
  return isPending ? <Skeleton className="h-2.5 w-20" /> : <ViewName name={name} isModified={isModified} />;
}
