"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import {
  campaignKey,
  type CampaignView,
  campaignWindows,
  fewestLeast,
  mostLeast,
} from "@/lib/domain/campaign-view";
import { type Campaign, campaignKinds, usualLeast } from "@/lib/domain/register";

const parsers = {
  window: parseAsStringLiteral(campaignWindows).withDefault("24h"),
  least: parseAsInteger.withDefault(usualLeast),
  kind: parseAsStringLiteral(campaignKinds),
  status: parseAsStringLiteral(["any", "open"]).withDefault("any"),
  open: parseAsString,
};

/** The page's view as the address says it; a number of customers out of range is brought within it. */
export function useCampaignView() {
  const [raw, setRaw] = useQueryStates(parsers, { history: "replace", shallow: true, scroll: false });
  const { window, kind, status, open } = raw;
  const least = Math.min(mostLeast, Math.max(fewestLeast, raw.least));
  const view = useMemo(
    (): CampaignView => ({ window, least, kind, isOpenOnly: status === "open" }),
    [window, least, kind, status],
  );
  return {
    view,
    /** Key of the campaign in the drawer. */
    open,
    ask: (next: Partial<CampaignView>) =>
      void setRaw(
        {
          ...(next.window === undefined ? {} : { window: next.window }),
          ...(next.least === undefined ? {} : { least: next.least }),
          ...(next.kind === undefined ? {} : { kind: next.kind }),
          ...(next.isOpenOnly === undefined ? {} : { status: next.isOpenOnly ? "open" : "any" }),
          open: null,
        },
        { history: "push" },
      ),
    setOpen: (campaign: Campaign | null) =>
      void setRaw(
        { open: campaign === null ? null : campaignKey(campaign) },
        { history: open === null ? "push" : "replace" },
      ),
  };
}

export type CampaignViewControl = ReturnType<typeof useCampaignView>;
