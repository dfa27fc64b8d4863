"use client";

import { queryOptions } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { CollectorState } from "@/lib/domain/collector";
import { apiRoutes } from "@/lib/routes";

/** How far reading ahead has come. */
export function collectorQuery(org: string) {
  return queryOptions({
    queryKey: [org, "collector", "state", null],
    queryFn: ({ signal }) => callOwn<CollectorState>(apiRoutes.collector(org), { method: "GET", signal }),
    refetchInterval: 5_000,
  });
}
