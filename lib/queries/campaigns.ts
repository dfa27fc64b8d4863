"use client";

import { queryOptions } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import { campaignFilter, type CampaignView } from "@/lib/domain/campaign-view";
import { printIncidentQuery } from "@/lib/domain/incident-query";
import { defaultView } from "@/lib/domain/incident-view";
import { toRegisterQuery } from "@/lib/domain/incident-view-query";
import type { CampaignsAnswer } from "@/lib/domain/register";
import { apiRoutes } from "@/lib/routes";
import { thisMinute } from "./this-minute";

/** Also without news: the window goes on, and ages with it. */
const everyMs = 60_000;

/** What is met at several customers within the view's window, from the register. */
export function campaignsQuery(org: string, view: CampaignView) {
  return queryOptions({
    queryKey: [org, "incidents", "campaigns", view],
    queryFn: ({ signal }) => {
      const query = printIncidentQuery(toRegisterQuery(campaignFilter(view), defaultView.sort, thisMinute()));
      query.set("least", String(view.least));
      if (view.kind !== null) query.set("kind", view.kind);
      return callOwn<CampaignsAnswer>(apiRoutes.incidentCampaigns(org, query), { method: "GET", signal });
    },
    refetchInterval: everyMs,
  });
}
