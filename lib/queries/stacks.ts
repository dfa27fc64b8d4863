"use client";

import { queryOptions } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import { printIncidentQuery } from "@/lib/domain/incident-query";
import { defaultView, type ViewFilter } from "@/lib/domain/incident-view";
import { toWholeQuery } from "@/lib/domain/incident-view-query";
import type { StackKind, StacksAnswer } from "@/lib/domain/register";
import { apiRoutes } from "@/lib/routes";
import { thisMinute } from "./this-minute";

/** While the stacks are looked at they follow what happens, not closer than this. */
const everyMs = 30_000;

/** All incidents that match a view's filters, stacked; from the register. */
export function stacksQuery(org: string, filter: ViewFilter, by: StackKind) {
  return queryOptions({
    queryKey: [org, "incidents", "stacks", filter, by],
    queryFn: ({ signal }) => {
      const query = printIncidentQuery(toWholeQuery(filter, defaultView.sort, thisMinute()));
      query.set("by", by);
      return callOwn<StacksAnswer>(apiRoutes.incidentStacks(org, query), { method: "GET", signal });
    },
    refetchInterval: everyMs,
  });
}
