"use client";

import { queryOptions } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { OpenSummary } from "@/lib/domain/register";
import { apiRoutes } from "@/lib/routes";

/** The open work of every workspace that the person may see. */
export function openSummaryQuery(org: string) {
  return queryOptions({
    queryKey: [org, "incidents", "summary", null],
    queryFn: ({ signal }) => callOwn<OpenSummary>(apiRoutes.incidentSummary(org), { method: "GET", signal }),
    refetchInterval: 15_000,
  });
}
